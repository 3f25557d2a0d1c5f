package io.dlms4j.iec21;

/**
 * What the line below a machine is like.
 *
 * @param softwareParity whether the machine puts and checks the even parity itself: it asks for 8N1
 *     lines then, where 7E1 is what goes over them
 * @param echo whether one's own octets come back, as they do on optical heads; they are dropped,
 *     see {@link EchoFilter}
 * @param instant whether octets arrive at once whatever the speed, as they do in memory and on
 *     pseudo-terminals: then the machine does not reckon with the time that they take
 */
public record LineOptions(boolean softwareParity, boolean echo, boolean instant) {
  /** A serial line with parity and without echo. */
  public static final LineOptions PLAIN = new LineOptions(false, false, false);
}
