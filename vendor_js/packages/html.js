export { CommentNode, HTMLElement, NodeType, parse, TextNode, valid } from 'node-html-parser';
