import { type ConvertContext, isPageReference } from '../convert/index.js';
import { type Dependency, encodeDependency, isDependency, isRelativeHref } from '../core/link-state.js';
import { hrefPlaceholder, weave, type WovenText } from '../core/woven-text.js';
import type { Surroundings } from './surroundings.js';

/** What is the same for all bodies of a pull. */
export type BodySettings = Required<Pick<ConvertContext, 'flavor' | 'baseUrl' | 'spaceKey'>>;

/** A context for the converter that notes what the result depends on. */
export interface NotingContext {
  readonly context: ConvertContext;
  /** What was asked for so far, each once, as recorded with the page. */
  readonly references: () => readonly string[];
  readonly noteAccount: (accountId: string) => void;
  /** Puts the hrefs of mirrored files into what was rendered with this context, and notes where they are. */
  readonly weave: (rendered: string) => WovenText;
}

/** Dependencies in the order of their first mention. */
const createNotes = () => {
  const indices = new Map<string, number>();
  return {
    all: () => [...indices.keys()],
    note: (dependency: Dependency): number => {
      const encoded = encodeDependency(dependency);
      const index = indices.get(encoded) ?? indices.size;
      indices.set(encoded, index);
      return index;
    },
  };
};

export const convertContext = (
  { flavor, baseUrl, spaceKey }: BodySettings,
  surroundings: Surroundings,
): NotingContext => {
  const notes = createNotes();
  const { sourceOf } = surroundings;
  const hrefs = new Map<number, string>();
  const noteAccount = (accountId: string): void => void notes.note({ kind: 'user', accountId });

  const resolve: ConvertContext['resolve'] = (reference) => {
    const target = surroundings.targetOf(reference);
    if (!isDependency(reference)) return target;
    const index = notes.note(reference);
    if (target === undefined || !isRelativeHref(target.href)) return target;
    hrefs.set(index, target.href);
    return { ...target, href: hrefPlaceholder(index) };
  };

  return {
    noteAccount,
    references: notes.all,
    weave: (rendered) => weave(rendered, (index) => hrefs.get(index) ?? ''),
    context: {
      flavor,
      baseUrl,
      spaceKey,
      resolve,
      userName: (accountId) => {
        noteAccount(accountId);
        return surroundings.nameOf(accountId);
      },
      children: (page) => {
        notes.note({ kind: 'children', ...(isPageReference(page) && { page }) });
        return surroundings.childrenOf(isPageReference(page) ? page : undefined);
      },
      labelled: (condition) => {
        notes.note({ kind: 'labelled', condition });
        return surroundings.labelled(condition);
      },
      attachments: () => {
        notes.note({ kind: 'attachments' });
        return surroundings.attachments();
      },
      ...(sourceOf && {
        include: (page) => {
          notes.note({ kind: 'include', page });
          return sourceOf(page);
        },
      }),
    },
  };
};
