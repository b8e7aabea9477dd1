// Sends the chosen files one after the other, each as the body of one request: a browser streams it from the disk.
class Sending {
  constructor(view, address, files) {
    this.view = view;
    this.address = address;
    this.files = files;
    this.total = files.reduce((sum, each) => sum + each.file.size, 0);
    this.before = 0;
    this.told = 0;
  }

  stop() {
    this.isStopped = true;
    this.request?.abort();
  }

  async run() {
    for (const each of this.files) {
      const failure = await this.put(each.kind, each.file);
      if (failure !== null) {
        await this.view.invokeMethodAsync("OnEndAsync", this.isStopped ? "" : failure);
        return;
      }
      this.before += each.file.size;
    }
    await this.view.invokeMethodAsync("OnEndAsync", null);
  }

  put(kind, file) {
    return new Promise(done => {
      const request = this.request = new XMLHttpRequest();
      request.open("PUT", `${this.address}/${kind}`);
      request.setRequestHeader("RequestVerificationToken", document.querySelector("#sign-out [name=__RequestVerificationToken]").value);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.onprogress = event => this.tell(event.loaded);
      request.onload = () => done(request.status === 200 ? null : request.responseText || `${file.name} was refused (${request.status}).`);
      request.onerror = () => done(`The connection broke while ${file.name} was on its way. Try it again.`);
      request.onabort = () => done("");
      request.send(file);
    });
  }

  // Four times a second is as often as anybody looks.
  tell(loaded) {
    const now = performance.now();
    if (now - this.told < 250) return;
    this.told = now;
    void this.view.invokeMethodAsync("OnProgress", this.before + loaded, this.total);
  }
}

const chosen = root => [...root.querySelectorAll("input[type=file]")].filter(input => input.files.length > 0).map(input => ({ kind: input.dataset.kind, file: input.files[0] }));

export const hasDatabase = root => chosen(root).some(each => each.kind === "Database");

export function send(root, view, address) {
  const sending = new Sending(view, address, chosen(root));
  void sending.run();
  return sending;
}
