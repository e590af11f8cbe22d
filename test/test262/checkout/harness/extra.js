var extra = 'of extra.js';
