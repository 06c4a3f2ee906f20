// The chooser of persons of a demo: asks for a token and goes to the cases. Production has no chooser.
const form = document.getElementById("sign-in");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const problem = document.getElementById("problem");
  problem.textContent = "";
  const fields = new FormData(form);
  const response = await fetch("/api/v1/sign-in", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify({ official: fields.get("official"), government: fields.get("government") }),
  });
  if (response.ok) {
    location.assign(`/?lang=${document.documentElement.lang}`);
  } else {
    problem.textContent = (await response.json()).title;
  }
});
