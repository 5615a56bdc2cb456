# twinqd and twinq on Debian 12. docker-compose.yml shows them at work.
FROM debian:12 AS build
WORKDIR /twinq
COPY dev .
RUN ./dev setup
COPY . .
RUN ./dev build --target twinqd twinq

FROM debian:12
RUN apt-get update && \
    apt-get install --yes --no-install-recommends \
      libc-ares2 libcivetweb1 libgcc-s1 libprometheus-cpp-core1.0 libre2-9 libssl3 \
      libstdc++6 zlib1g && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system twinq && \
    install --directory --owner=twinq --mode=700 /var/lib/twinq
COPY --from=build /twinq/build/release/bin/twinqd /twinq/build/release/bin/twinq /usr/local/bin/
USER twinq
ENV TWINQ_GRPC=0.0.0.0:9323 TWINQ_DATA_DIR=/var/lib/twinq
VOLUME /var/lib/twinq
EXPOSE 9323
STOPSIGNAL SIGTERM
HEALTHCHECK --start-period=60s --interval=5s --timeout=3s CMD ["twinq", "queue", "list"]
ENTRYPOINT ["twinqd"]
