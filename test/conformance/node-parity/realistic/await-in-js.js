console.log(await Promise.resolve(5), typeof require);
