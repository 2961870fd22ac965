"""Serves an H.264 MP4 file at rtsp://127.0.0.1:PORT/door, to any number of clients, each from its start.

Usage: rtsp_server.py FILE PORT. Prints "ready" once it listens. Needs python3-gi,
gir1.2-gst-rtsp-server-1.0 and gstreamer1.0-plugins-good.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

Gst.init(None)
for element in ("qtdemux", "rtph264pay"):
    if Gst.ElementFactory.find(element) is None:
        sys.exit(f"GStreamer has no {element}: install gstreamer1.0-plugins-good")
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(sys.argv[2])
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(f'( filesrc location="{sys.argv[1]}" ! qtdemux ! rtph264pay name=pay0 pt=96 config-interval=-1 )')
server.get_mount_points().add_factory("/door", factory)
if server.attach(None) == 0:
    sys.exit(f"port {sys.argv[2]} cannot be had")
print("ready", flush=True)
GLib.MainLoop().run()
