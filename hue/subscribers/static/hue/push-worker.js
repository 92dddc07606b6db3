// Shows messages on this device; nothing of the site goes through it.
self.addEventListener("push", (event) => {
  const told = event.data.json();
  event.waitUntil(self.registration.showNotification(told.title, {
    body: told.body,
    tag: told.tag,
    data: told,
    actions: told.own ? [{ action: "own", title: "Change or stop" }] : [],
  }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const told = event.notification.data;
  event.waitUntil(clients.openWindow(event.action === "own" ? told.own : told.url));
});
