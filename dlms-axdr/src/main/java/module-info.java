/** A-XDR and BER codecs of DLMS/COSEM. */
module io.dlms4j.axdr {
  requires static transitive org.jspecify;

  exports io.dlms4j.axdr;
  exports io.dlms4j.ber;
}
