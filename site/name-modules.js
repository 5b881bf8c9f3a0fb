import { Converter } from 'typedoc';

/** TypeDoc plugin: calls `element/src` what its users call it, `@tha4/element`. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = module.name.replace(/^(.+)\/src$/, '@tha4/$1');
  });
}
