# What the build needs to take OpenVINO in. Sourced by ./avocet and net/openvino/natives.

# Prints where those tools are. What it printed when OpenVINO was left out is kept: ./avocet builds again once it is another.
openvino_tools() {
  local tool
  for tool in g++ "${AVOCET_PYTHON:-python3}" pip3; do printf '%s=%s ' "$tool" "$(type -P "$tool")"; done
  printf 'home=%s\n' "${OPENVINO_HOME:-${INTEL_OPENVINO_DIR:-}}"
}
