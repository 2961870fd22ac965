# Avocet on JetPack 6.1 and 6.2 (Orin): CUDA 12.6, TensorRT 10.3 and cuDNN 9 are in the base image.
# Build on the board, beside the archive that AVOCET_LINE=jetpack6 dist/build linux-arm64 made (docs/jetson.md):
#   docker build -f jetson/docker/jetpack6.Dockerfile -t avocet:jetpack6 dist/target/jetpack6
FROM ubuntu:22.04 AS unpacked
ARG AVOCET=avocet-0.1.0-SNAPSHOT-jetpack6-linux-arm64
ADD ${AVOCET}.tar.gz /
RUN cd /${AVOCET} && sha256sum --check --quiet SHA256SUMS && mv /${AVOCET} /avocet

FROM nvcr.io/nvidia/l4t-jetpack:r36.4.0
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good procps \
 && rm -rf /var/lib/apt/lists/* \
 && { getent group render || groupadd --system render; } \
 && useradd --system --create-home --groups video,render avocet \
 && install -d -o avocet -g avocet /var/cache/avocet
COPY --from=unpacked /avocet /opt/avocet
# Engines that were built for this GPU stay here.
ENV XDG_CACHE_HOME=/var/cache
VOLUME /var/cache/avocet
USER avocet
ENTRYPOINT ["/opt/avocet/bin/avocet"]
CMD ["devices"]
