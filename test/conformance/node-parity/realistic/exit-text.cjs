process.exit("5");
