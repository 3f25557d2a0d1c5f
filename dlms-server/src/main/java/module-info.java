/** A DLMS/COSEM server. */
module io.dlms4j.server {
  requires transitive io.dlms4j.cosem;
  requires transitive io.dlms4j.hdlc;
  requires org.slf4j;
  requires static transitive org.jspecify;
  requires static tools.jackson.databind;

  exports io.dlms4j.server;
  exports io.dlms4j.server.description;
  exports io.dlms4j.server.push;
  exports io.dlms4j.server.profile;
  exports io.dlms4j.server.image;
  exports io.dlms4j.server.security;
}
