const id = location.pathname.split("/")[2];
const look = async () => {
  try {
    const answer = await fetch(`/presentations/${id}`, { headers: { accept: "application/json" } });
    const now = answer.ok && await answer.json();
    if (!now || now.state !== "open" || (now.waitingForReturn && !document.getElementById("locked"))) return location.reload();
  } catch { /* The network is away: look again later. */ }
  setTimeout(look, 2000);
};
setTimeout(look, 2000);
const place = document.getElementById("dc");
if (place && typeof DigitalCredential !== "undefined") {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    const request = await (await fetch(`/presentations/${id}/dc-request`)).json();
    const credential = await navigator.credentials.get({ mediation: "required", digital: { requests: [request] } });
    const data = typeof credential.data === "string" ? JSON.parse(credential.data) : credential.data;
    await fetch(`/presentations/${id}/dc-response`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(data) });
    location.reload();
  });
}
