// Sets the remembered theme before anything is painted; a classic script for that reason.
{
  const kept = localStorage.getItem("avocet.theme");
  if (kept) {
    document.documentElement.dataset.theme = kept;
  }
}
