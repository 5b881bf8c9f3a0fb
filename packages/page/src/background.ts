import { byId } from './elements.ts';

/** Lets the user put a checkerboard, a colour or a picture behind the character. Files saved stay transparent. */
export function bindBackground(): void {
  const backdrop = byId('backdrop', HTMLElement);
  const colour = byId('background-colour', HTMLInputElement);
  const picture = byId('background-picture', HTMLInputElement);
  let pictureUrl: string | null = null;

  const show = (): void => {
    const kind = chosenKind();
    backdrop.dataset.background = kind;
    backdrop.style.backgroundColor = kind === 'colour' ? colour.value : '';
    backdrop.style.backgroundImage = kind === 'picture' && pictureUrl !== null ? `url("${pictureUrl}")` : '';
    byId('colour-choice', HTMLElement).hidden = kind !== 'colour';
    byId('picture-choice', HTMLElement).hidden = kind !== 'picture';
  };

  byId('background', HTMLElement).addEventListener('change', (event) => {
    if (event.target === picture) {
      const file = picture.files?.[0];
      if (file === undefined) return;
      if (pictureUrl !== null) URL.revokeObjectURL(pictureUrl);
      pictureUrl = URL.createObjectURL(file);
    }
    show();
    if (event.target !== picture && chosenKind() === 'picture' && pictureUrl === null) picture.click();
  });
  colour.addEventListener('input', show);
  show();
}

function chosenKind(): string {
  return document.querySelector<HTMLInputElement>('input[name="background"]:checked')?.value ?? 'checker';
}
