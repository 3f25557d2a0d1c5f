package io.dlms4j.omnipower.engine.core;

/** Closes its books at a debiting stop, after debiting logger 1 has captured them. */
@FunctionalInterface
public interface DebitingStop {
  /** A billing period has ended and the next one begins. */
  void periodClosed();
}
