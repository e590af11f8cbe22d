// stdin: Bob\n42\n
import * as readline from 'node:readline/promises'; import { stdin as input, stdout as output } from 'node:process'; const rl = readline.createInterface({ input, output }); console.log(await rl.question('a? ')); console.log(await rl.question('b? ')); rl.close();
