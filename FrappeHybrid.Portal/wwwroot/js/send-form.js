// The page that carries a sign-in to a site: on its way as soon as it is there.
document.querySelector("form[data-send]").submit();
