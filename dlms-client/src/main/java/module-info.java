/** A DLMS/COSEM client. */
module io.dlms4j.client {
  requires transitive io.dlms4j.cosem;
  requires transitive io.dlms4j.hdlc;
  requires static transitive org.jspecify;

  exports io.dlms4j.client;
}
