import { type OpenSandbox, at, idsOf } from './sandbox-client.js';

const CQL_EXPAND = 'container,version,extensions,metadata.labels,ancestors,space,history,body.storage';

const cql = (query: string, expand = ''): string =>
  `cql=${encodeURIComponent(query)}&limit=20${expand === '' ? '' : `&expand=${expand}`}`;

const nodePaths = (kind: string, id: string): readonly string[] => [
  `/wiki/api/v2/${kind}/${id}`,
  `/wiki/api/v2/${kind}/${id}/descendants?depth=5&limit=10`,
  `/wiki/api/v2/${kind}/${id}/direct-children?limit=10`,
  `/wiki/api/v2/${kind}/${id}/ancestors?limit=10`,
];

const searchPaths = (): readonly string[] =>
  ['page', 'blogpost', 'folder', 'attachment', 'comment', 'whiteboard'].flatMap((type) => [
    `/wiki/rest/api/content/search?${cql(`type=${type} order by created asc`, CQL_EXPAND)}`,
    `/wiki/rest/api/search?${cql(`type=${type}`, 'content.version')}`,
  ]);

const pagePaths = (id: string): readonly string[] => [
  ...['storage', 'atlas_doc_format', 'view'].map(
    (format) => `/wiki/api/v2/pages/${id}?body-format=${format}&include-labels=true`,
  ),
  ...nodePaths('pages', id),
  `/wiki/api/v2/pages/${id}/attachments?limit=5`,
  `/wiki/api/v2/pages/${id}/footer-comments?body-format=storage`,
  `/wiki/api/v2/pages/${id}/inline-comments?body-format=storage`,
  `/wiki/rest/api/content/${id}?expand=version,body.storage,ancestors,space`,
  `/wiki/rest/api/content/${id}/label`,
  `/wiki/api/v2/pages/${id}/labels`,
  `/wiki/rest/api/content/${id}/child/attachment?expand=version`,
  `/wiki/rest/api/content/${id}/child/comment?expand=body.storage,version&depth=all`,
  `/wiki/rest/api/content/${id}/child/page`,
];

const listPaths = (spaceId: string): readonly string[] => [
  '/wiki/api/v2/spaces?keys=LARGE,SMALL&limit=2&sort=name',
  `/wiki/api/v2/spaces/${spaceId}`,
  `/wiki/api/v2/spaces?ids=${spaceId}&status=current`,
  `/wiki/api/v2/spaces/${spaceId}/pages?limit=10&sort=-modified-date&status=current&body-format=storage&depth=all`,
  `/wiki/api/v2/spaces/${spaceId}/blogposts?limit=2&body-format=storage`,
  `/wiki/api/v2/pages?space-id=${spaceId}&limit=3&title=nothing`,
  '/wiki/api/v2/blogposts?limit=1',
  '/wiki/api/v2/attachments?limit=10&sort=-modified-date',
  '/wiki/api/v2/footer-comments?limit=10&body-format=storage&sort=-modified-date',
  '/wiki/api/v2/inline-comments?limit=10&body-format=storage',
  '/wiki/rest/api/user/current',
  '/wiki/rest/api/content?spaceKey=LARGE&type=page&limit=3&expand=version',
  '/wiki/rest/api/space?spaceKey=LARGE',
  '/wiki/rest/api/space/LARGE',
];

/** Asks every kind of question that the wiki answers, once. Resolves to the paths that were not answered 200 or 302. */
export const tour = async (sandbox: OpenSandbox): Promise<readonly string[]> => {
  const { wiki } = sandbox;
  const home = String(at(wiki.list('page', 'LARGE')[0], 'id'));
  const attachment = wiki.list('attachment', 'LARGE')[0];
  const owner = String(at(attachment, 'containerId'));
  const nodes = (['folder', 'whiteboard', 'database', 'embed'] as const).flatMap((type) =>
    nodePaths(`${type}s`, String(wiki.list(type, 'LARGE')[0]?.id)),
  );
  const comments = wiki
    .list('comment', 'LARGE')
    .slice(0, 12)
    .flatMap((comment) => {
      const kind = String(at(comment, 'location'));
      return [
        `/wiki/api/v2/${kind}-comments/${comment.id}?body-format=storage`,
        `/wiki/api/v2/${kind}-comments/${comment.id}/children`,
      ];
    });
  const paths = [
    ...listPaths('98306'),
    ...pagePaths(home),
    ...pagePaths(owner).filter(() => wiki.get(owner)?.type === 'page'),
    ...nodes,
    ...comments,
    ...searchPaths(),
    `/wiki/api/v2/blogposts/${String(wiki.list('blogpost')[0]?.id)}?body-format=storage`,
    `/wiki/api/v2/attachments/${String(attachment?.id)}`,
    `/wiki/api/v2/blogposts/${String(wiki.list('blogpost')[0]?.id)}/labels`,
    `/wiki/rest/api/content/${owner}/child/attachment/${String(attachment?.id)}/download`,
    `/wiki/rest/api/user/bulk?accountId=${String(attachment?.authorId)}`,
  ];
  const failed: string[] = [];
  for (const path of paths) {
    const { status } = await sandbox.get(path);
    if (status !== 200 && status !== 302) failed.push(`${status} ${path}`);
  }
  const ids = idsOf(await sandbox.get('/wiki/api/v2/pages?limit=4'));
  await sandbox.get(
    `/wiki/api/v2/pages?id=${ids.join()}&limit=250&body-format=storage&status=current,archived`,
  );
  await sandbox.post('/wiki/api/v2/users-bulk', { accountIds: [attachment?.authorId] });
  await sandbox.post('/wiki/api/v2/content/convert-ids-to-types', { contentIds: ids });
  return failed;
};
