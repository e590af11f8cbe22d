# A .docx with headings, lists, tables, links, a footnote and a style map.
import io
import zipfile
import mammoth

w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
run = lambda text, more="": f'<w:r><w:rPr>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
body = f"""<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("Report &amp; plan")}</w:p>
<w:p>{run("Some ")}{run("bold", "<w:b/>")}{run(" and ")}{run("slanted", "<w:i/>")} <w:hyperlink r:id="rId1">{run("link")}</w:hyperlink></w:p>
<w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr>{run("Said.")}</w:p>
<w:tbl><w:tr><w:tc><w:p>{run("a")}</w:p></w:tc><w:tc><w:p>{run("1")}</w:p></w:tc></w:tr></w:tbl>"""
styles = f'<w:styles {w}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style></w:styles>'
links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
with zipfile.ZipFile("r.docx", "w") as z:
    z.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
    z.writestr("word/styles.xml", styles)
    z.writestr("word/_rels/document.xml.rels", links)
with open("r.docx", "rb") as file:
    result = mammoth.convert_to_html(file, style_map="p[style-name='Quote'] => blockquote:fresh")
print(result.value, [m.message for m in result.messages])
print(mammoth.convert_to_markdown(open("r.docx", "rb")).value.splitlines()[0], mammoth.extract_raw_text(open("r.docx", "rb")).value.split())
try:
    mammoth.convert_to_html(io.BytesIO(b"no zip"))
except zipfile.BadZipFile as error:
    print(error)

#> <h1>Report &amp; plan</h1><p>Some <strong>bold</strong> and <em>slanted</em><a href="https://example.org/">link</a></p><blockquote>Said.</blockquote><table><tr><td><p>a</p></td><td><p>1</p></td></tr></table> []
#> # Report & plan ['Report', '&', 'plan', 'Some', 'bold', 'and', 'slantedlink', 'Said.', 'a', '1']
#> File is not a zip file
