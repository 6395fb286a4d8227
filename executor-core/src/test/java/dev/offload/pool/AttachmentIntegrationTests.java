package dev.offload.pool;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for large arrays that travel beside the head of a payload, with real workers.
 */
class AttachmentIntegrationTests extends AbstractPool {

	private static final int LARGE = 4_000_000;

	@Test
	void arraysOfAnySizeGoAndComeBackAsTheyWere() throws Throwable {
		OffloadExecutor executor = create(spec());
		for (int size : new int[] { 0, 1, 8 * 1024 - 1, 8 * 1024, 65_536, 1 << 20, LARGE }) {
			byte[] bytes = random(size);
			assertThat((byte[]) call(executor, "echo", bytes)).isEqualTo(bytes);
			ByteBuffer direct = ByteBuffer.allocateDirect(size).put(0, bytes);
			assertThat(call(executor, "echoBuffer", direct)).isEqualTo(direct);
		}
		byte[] first = random(100_000);
		byte[] second = random(1_000_000);
		assertThat((byte[]) call(executor, "join", first, "text", second))
			.isEqualTo(ByteBuffer.allocate(1_100_000).put(first).put(second).array());
	}

	@Test
	void callOfALargeArrayTakesTheHeapOfItsResultOnly() throws Throwable {
		OffloadExecutor executor = create(spec());
		byte[] bytes = random(LARGE);
		for (int i = 0; i < 3; i++) {
			call(executor, "echo", bytes);
		}
		long before = allocated();
		call(executor, "echo", bytes);
		assertThat(allocated() - before).isBetween((long) LARGE, LARGE * 12L / 10);
		// What its worker takes: for the argument, as the result is the same array.
		long inWorker = (Long) call(executor, "allocated", bytes);
		call(executor, "echo", bytes);
		assertThat((Long) call(executor, "allocated", bytes) - inWorker).isBetween(2L * LARGE, 2 * LARGE * 12L / 10);
	}

	@Test
	void submitHasCopiedTheArrayUnlessItIsHandedOver() throws Exception {
		OffloadExecutor executor = create(spec());
		Gate gate = gate("holder");
		TaskHandle<?> holder = executor.submit(() -> {
			gate.pass();
			return 1;
		});
		gate.awaitEntered();
		byte[] copied = random(LARGE);
		byte[] given = copied.clone();
		byte[] before = copied.clone();
		TaskHandle<?> first = executor.submit(invocation("echo", copied), TaskOptions.DEFAULTS);
		TaskHandle<?> second = executor.submit(invocation("echo", given), TaskOptions.DEFAULTS.withHandOver(true));
		Arrays.fill(copied, (byte) 1);
		Arrays.fill(given, (byte) 1);
		gate.letPass();
		holder.future().join();
		assertThat((byte[]) first.future().join()).isEqualTo(before);
		assertThat((byte[]) second.future().join()).isEqualTo(given);
	}

	static byte[] echo(byte[] bytes) {
		return bytes;
	}

	static ByteBuffer echoBuffer(ByteBuffer buffer) {
		return buffer;
	}

	static byte[] join(byte[] first, String text, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	static long allocated(byte[] bytes) {
		return allocated();
	}

	private static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
	}

	private static @Nullable Object call(OffloadExecutor executor, String name, Object... arguments) throws Throwable {
		return executor.call(invocation(name, arguments), TaskOptions.DEFAULTS);
	}

	private static Invocation invocation(String name, Object... arguments) {
		Method method = Arrays.stream(AttachmentIntegrationTests.class.getDeclaredMethods())
			.filter((each) -> each.getName().equals(name) && each.getParameterCount() == arguments.length)
			.findFirst()
			.orElseThrow();
		return Invocation.ofStatic(method, arguments);
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

}
