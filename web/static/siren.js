// The sound of the siren page. A browser lets a page sound only after a touch, so there is a button.
"use strict";

(() => {
  const button = document.getElementById("siren-sound");
  const list = document.getElementById("siren-list");
  const Audio = window.AudioContext || window.webkitAudioContext;
  if (!button || !list || !Audio) return;
  let audio = null;

  const beep = (frequency, from) => {
    const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = frequency;
    loudness.gain.value = 0.4;
    tone.connect(loudness).connect(audio.destination);
    tone.start(audio.currentTime + from);
    tone.stop(audio.currentTime + from + 0.35);
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    audio = new Audio();
    button.hidden = true;
    beep(660, 0);
  });
  setInterval(() => {
    if (!audio || !list.querySelector(".row.is-urgent")) return;
    beep(880, 0);
    beep(660, 0.4);
    beep(880, 0.8);
  }, 2500);
})();
