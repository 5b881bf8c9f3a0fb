import type { TrainingRecipe } from './recipes.ts';

/** A recipe with a part of its frames and updates. Rates and losses follow the progress, so they fit by themselves. */
export function partOfRecipe(recipe: TrainingRecipe, part: number): TrainingRecipe {
  const { face, body } = recipe;
  const some = (count: number): number => Math.max(1, Math.round(count * part));
  const frames = some(recipe.frames);
  const windowedFrames = recipe.windowedFrames === 0 ? 0 : some(recipe.windowedFrames);
  return {
    ...recipe,
    frames,
    windowedFrames,
    firstFrames: Math.min(recipe.firstFrames, frames),
    face: { ...face, updates: some(face.updates) },
    body: { ...body, updates: some(body.updates) },
  };
}
