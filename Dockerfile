# Worldloom for production: the server with its built web app, against a PostgreSQL of yours.
FROM node:24-bookworm-slim AS build
WORKDIR /worldloom
COPY . .
RUN npx -y pnpm@12 install --frozen-lockfile && npx -y pnpm@12 build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LOG_FORMAT=json
WORKDIR /worldloom
COPY --from=build --chown=node:node /worldloom ./
RUN install -d -o node -g node /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/server/src/main.ts"]
