package dev.offload.codec.kryo;

import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.offload.PayloadException;
import dev.offload.codec.AllowedTypes;
import dev.offload.codec.TaskCodec;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for results that a service would not survive.
 */
class KryoPayloadCodecFuzzTests {

	private static final PayloadLimits LIMITS = PayloadLimits.ofBytes(64 * 1024);

	/** What a byte of a payload may cost, and what each payload may. */
	private static final long COST = 256;

	private static final long LEAST = 1_000_000;

	static final TaskCodec CODEC = new TaskCodec(new KryoPayloadCodec(), "fuzz", LIMITS);

	static final PayloadScope SCOPE = new PayloadScope(KryoPayloadCodecFuzzTests.class.getClassLoader(),
			AllowedTypes.of(List.of(), List.of(Held.class.getName(), Holder.class.getName())), LIMITS);

	@FuzzTest
	void resultIsReadOrRefusedAndCostsWhatItsBytesAllow(byte[] bytes) {
		read(bytes);
		// The first time loads classes, and the fuzzer changes them.
		long before = allocated();
		read(bytes);
		assertThat(allocated() - before).isLessThan(LEAST + COST * bytes.length);
	}

	private void read(byte[] bytes) {
		try {
			Object value = CODEC.decodeResult(Payload.of(bytes), SCOPE);
			if (value instanceof Holder holder) {
				holder.check();
			}
		}
		catch (PayloadException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

	private static long allocated() {
		var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
		return threads.getCurrentThreadAllocatedBytes();
	}

	// An array is what is looked for.
	@SuppressWarnings("ArrayRecordComponent")
	record Held(String name, int[] numbers) {
	}

	/**
	 * Written by its fields.
	 */
	static final class Holder {

		private List<Held> held = List.of();

		private Map<String, Long> counts = Map.of();

		// Each field holds what its type says.
		void check() {
			List<Held> list = this.held;
			Map<String, Long> map = this.counts;
			assertThat(new Object[] { list, map }).hasSize(2);
		}

	}

}
