/* The page without contact: in the chosen theme, and gone by itself when the network is back. */

const theme = document.cookie.match(/(?:^|; )traff_theme=(light|dark|system)/)?.[1];
if (theme) document.documentElement.dataset.theme = theme;
addEventListener("online", () => location.reload());
