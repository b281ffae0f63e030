// Fieldray: the live camera view, where the page may use the camera (over HTTPS, or on the box itself):
// the film's outline as it is seen, one hint at a time, and the shutter. What is taken goes the same way
// as a photo of the phone's own camera. The look at each frame is that of check.js. Nothing is sent
// before the shutter, and no frame is kept.
"use strict";

(() => {
  const dialog = document.getElementById("live");
  const input = document.getElementById("camera");
  const opener = document.querySelector("[data-live-camera]");
  const allowed = window.isSecureContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
  if (!dialog || !input || !opener || !allowed || typeof dialog.showModal !== "function") return;

  // Between two looks; a look itself takes a phone some 100 ms.
  const LOOK_EVERY_MS = 150;
  // As many pixels as the camera has, up to twelve million.
  const WANTED = { facingMode: { ideal: "environment" }, width: { ideal: 4000 }, height: { ideal: 3000 } };
  const JPEG_QUALITY = 0.93;

  const texts = JSON.parse(document.getElementById("study").dataset.texts);
  const video = dialog.querySelector("video");
  const overlay = dialog.querySelector("canvas");
  const hint = dialog.querySelector("[data-hint]");
  const shutter = dialog.querySelector("[data-shutter]");
  const frame = document.createElement("canvas");
  let stream = null;

  const say = (key, good) => {
    if (hint.dataset.key === key) return;
    hint.dataset.key = key;
    hint.textContent = texts[key];
    dialog.classList.toggle("is-good", Boolean(good));
  };

  const grab = (longest) => {
    const scale = Math.min(1, longest / Math.max(video.videoWidth, video.videoHeight));
    frame.width = Math.round(video.videoWidth * scale);
    frame.height = Math.round(video.videoHeight * scale);
    const context = frame.getContext("2d", { willReadFrequently: true });
    context.drawImage(video, 0, 0, frame.width, frame.height);
    return context;
  };

  const draw = (corners) => {
    overlay.width = frame.width;
    overlay.height = frame.height;
    if (!corners) return;
    const context = overlay.getContext("2d");
    context.lineWidth = Math.max(3, frame.width / 150);
    context.strokeStyle = getComputedStyle(hint).getPropertyValue("--outline");
    context.beginPath();
    for (let i = 0; i < 8; i += 2) context.lineTo(corners[i], corners[i + 1]);
    context.closePath();
    context.stroke();
  };

  const watch = async () => {
    const mine = stream;
    while (stream === mine && dialog.open) {
      if (video.videoWidth > 0 && !document.hidden) {
        const pixels = grab(window.photoCheck.LOOK_PX).getImageData(0, 0, frame.width, frame.height);
        const measured = window.photoCheck.measure(pixels, Math.max(video.videoWidth, video.videoHeight));
        const issue = window.photoCheck.judge(measured);
        draw(measured.corners);
        if (issue) say(`issue-${issue}.next`);
        else if (!measured.corners) say("js-live-find");
        else say("js-live-good", true);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };

  const close = () => {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    if (dialog.open) dialog.close();
  };

  const open = async () => {
    dialog.showModal();
    shutter.disabled = true;
    say("js-live-starting");
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
    } catch {
      // Not allowed, no camera, or in use by another program: the phone's own camera is always there.
      say("js-live-refused");
      return;
    }
    if (!dialog.open) return close();
    video.srcObject = stream;
    await video.play().catch(() => {});
    shutter.disabled = false;
    watch();
  };

  // The camera's own still where the browser gives it, since it has more pixels than the moving picture.
  const still = async () => {
    if (typeof ImageCapture === "function") {
      try {
        const photo = await new ImageCapture(stream.getVideoTracks()[0]).takePhoto();
        if (photo && photo.size > 0) return photo;
      } catch {
        // Some cameras cannot: the moving picture it is.
      }
    }
    grab(Infinity);
    return new Promise((resolve) => frame.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  };

  const take = async () => {
    shutter.disabled = true;
    say("js-live-taking");
    const photo = await still();
    shutter.disabled = false;
    if (!photo) return say("js-live-refused");
    const chosen = new DataTransfer();
    chosen.items.add(new File([photo], "camera.jpg", { type: photo.type || "image/jpeg" }));
    close();
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
  };

  opener.hidden = false;
  opener.addEventListener("click", open);
  shutter.addEventListener("click", take);
  dialog.querySelector("[data-close]").addEventListener("click", close);
  dialog.addEventListener("close", close);
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); });
})();
