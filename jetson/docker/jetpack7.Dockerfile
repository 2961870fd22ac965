# Avocet on JetPack 7 (Thor, and Orin from 7.2 on): there is no L4T image any more, CUDA's image for Arm servers runs on Jetson.
# TensorRT is that of JetPack 7.0 and 7.1, from the repository that the base image has.
#   docker build -f jetson/docker/jetpack7.Dockerfile -t avocet:jetpack7 dist/target
FROM ubuntu:24.04 AS unpacked
ARG AVOCET=avocet-0.1.0-SNAPSHOT-linux-arm64
ADD ${AVOCET}.tar.gz /
RUN cd /${AVOCET} && sha256sum --check --quiet SHA256SUMS && mv /${AVOCET} /avocet

FROM nvcr.io/nvidia/cuda:13.0.1-runtime-ubuntu24.04
ARG TENSORRT=10.13.3.9-1+cuda13.0
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --allow-change-held-packages \
      libnvinfer10=${TENSORRT} libnvinfer-plugin10=${TENSORRT} libnvonnxparsers10=${TENSORRT} \
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
