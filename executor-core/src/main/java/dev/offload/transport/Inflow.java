package dev.offload.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of messages come from. Used by one thread at a time.
 */
interface Inflow {

	/**
	 * What has come and was not taken yet.
	 * @return the bytes, ready to be read from; whoever reads them takes them
	 */
	ByteBuffer bytes();

	/**
	 * Waits for more than there is.
	 * @param due whether more is on its way for sure
	 * @param enough whether there is nothing to wait for any more, asked before and when
	 * this thread is woken; {@code null} to wait whatever interrupts
	 * @return how many bytes have come; 0 if there is enough, or this thread was
	 * interrupted, which stays set; negative if nothing comes any more
	 * @throws IOException if waiting fails or this side is closed
	 */
	int await(boolean due, @Nullable BooleanSupplier enough) throws IOException;

	/**
	 * The message that was coming is taken whole.
	 * @throws IOException if what was taken may not be what had come
	 */
	default void taken() throws IOException {
	}

}
