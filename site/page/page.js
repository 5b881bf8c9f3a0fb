import { EMOTIONS } from './element/index.js';

const character = document.querySelector('tha-character');
const told = document.querySelector('#told');

const buttons = Object.keys(EMOTIONS).map((name) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = name;
  button.setAttribute('aria-pressed', String(name === 'neutral'));
  button.addEventListener('click', () => {
    character.expression = name;
    for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
  });
  return button;
});
document.querySelector('#emotions').append(...buttons);

addEventListener('pointermove', ({ clientX, clientY }) => character.lookAt(clientX, clientY));
document.documentElement.addEventListener('pointerleave', () => character.lookAt());

character.addEventListener('ready', ({ detail }) => {
  told.textContent = `She looks at your pointer. Painted by ${detail.runtime.split(/[ ,]/)[0]} on this device.`;
});
character.addEventListener('error', ({ detail }) => {
  told.textContent = detail.error.message;
});
