# Bars that count, nest, carry numbers and write to a file that is no terminal.
import io
import re
from tqdm import tqdm, trange
from tqdm.contrib import tenumerate
from tqdm.utils import FormatReplace

out = io.StringIO()
with tqdm(total=10, file=out, desc="load", unit="B", unit_scale=True, mininterval=0, ascii=True) as bar:
    for n in range(5):
        bar.update(2)
        bar.set_postfix(loss=n / 10)
last = out.getvalue().split("\r")[-1]
print("load: 100%" in last, "10.0/10.0" in last, "loss=0.4" in last, bar.n)
out = io.StringIO()
print([x * 2 for x in tqdm([1, 2, 3], file=out, leave=False)], [(i, c) for i, c in tenumerate("ab", file=out)], sum(trange(4, file=out, disable=True)))
print(tqdm.format_meter(5, 10, 2.5, ncols=60, ascii=True), tqdm.format_sizeof(123456), tqdm.format_interval(3725), tqdm.format_num(1234567))

#> True True True 10
#> [2, 4, 6] [(0, 'a'), (1, 'b')] 6
#>  50%|############            | 5/10 [00:02<00:02,  2.00it/s] 123k 1:02:05 1234567
