/** A DLMS/COSEM client. */
module io.dlms4j.client {
  requires transitive io.dlms4j.cosem;
  requires transitive io.dlms4j.hdlc;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.dlms4j.client;
  exports io.dlms4j.client.push;
}
