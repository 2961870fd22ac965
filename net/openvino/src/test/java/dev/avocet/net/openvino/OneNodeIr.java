package dev.avocet.net.openvino;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A network in OpenVINO's own format: y = x op {10, 20}. */
final class OneNodeIr {
  private OneNodeIr() {}

  /** The {@code .xml}. */
  static String xml(String operator) {
    return """
    <?xml version="1.0"?><net name="tiny" version="11"><layers>
    <layer id="0" name="x" type="Parameter" version="opset1"><data shape="2" element_type="f32"/>
    <output><port id="0" precision="FP32" names="x"><dim>2</dim></port></output></layer>
    <layer id="1" name="c" type="Const" version="opset1">
    <data element_type="f32" shape="2" offset="0" size="8"/>
    <output><port id="0" precision="FP32"><dim>2</dim></port></output></layer>
    <layer id="2" name="y" type="%s" version="opset1"><data auto_broadcast="numpy"/>
    <input><port id="0" precision="FP32"><dim>2</dim></port>
    <port id="1" precision="FP32"><dim>2</dim></port></input>
    <output><port id="2" precision="FP32" names="y"><dim>2</dim></port></output></layer>
    <layer id="3" name="r" type="Result" version="opset1">
    <input><port id="0" precision="FP32"><dim>2</dim></port></input></layer>
    </layers><edges><edge from-layer="0" from-port="0" to-layer="2" to-port="0"/>
    <edge from-layer="1" from-port="0" to-layer="2" to-port="1"/>
    <edge from-layer="2" from-port="2" to-layer="3" to-port="0"/></edges></net>
    """
        .formatted(operator);
  }

  /** The {@code .bin}. */
  static byte[] weights() {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(10).putFloat(20).array();
  }
}
