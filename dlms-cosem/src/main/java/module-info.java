/** The application layer of DLMS/COSEM. */
module io.dlms4j.cosem {
  requires transitive io.dlms4j.axdr;
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports io.dlms4j.cosem;
  exports io.dlms4j.cosem.acse;
  exports io.dlms4j.cosem.apdu;
  exports io.dlms4j.cosem.association;
  exports io.dlms4j.cosem.classes;
  exports io.dlms4j.cosem.security;
}
