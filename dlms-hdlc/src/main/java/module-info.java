/** Links and lines of DLMS/COSEM. */
module io.dlms4j.hdlc {
  requires static com.fazecast.jSerialComm;
  requires static transitive io.netty.transport;
  requires static io.netty.transport.classes.epoll;
  requires static io.netty.transport.classes.io_uring;
  requires static io.netty.buffer;
  requires static io.netty.common;
  requires static transitive org.jspecify;

  exports io.dlms4j.hdlc;
  exports io.dlms4j.iec21;
  exports io.dlms4j.link;
  exports io.dlms4j.transport;
  exports io.dlms4j.wrapper;
}
