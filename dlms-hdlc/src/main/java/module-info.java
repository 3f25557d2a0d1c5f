/** Links and lines of DLMS/COSEM. */
module io.dlms4j.hdlc {
  requires static transitive org.jspecify;

  exports io.dlms4j.hdlc;
  exports io.dlms4j.link;
}
