import "left-pad-nope";
