package dev.offload.pool;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;

/**
 * Makes pools whose lanes are looked at, and sees that the service keeps nothing of them.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
abstract class AbstractLanePool extends AbstractPool {

	static final int MEGABYTE = 1024 * 1024;

	private final List<LaneFiles> files = new ArrayList<>();

	LaneFiles filesOf(OffloadExecutor executor) throws Exception {
		LaneFiles found = LaneFiles.of(executor);
		this.files.add(found);
		return found;
	}

	@AfterEach
	@Override
	void nothingIsLeft() {
		super.nothingIsLeft();
		this.files.forEach(LaneFiles::awaitOnly);
	}

	static byte[] echo(byte[] bytes) {
		return bytes;
	}

	static Invocation echoOf(byte[] bytes) {
		return invocation("echo", bytes);
	}

	static Invocation invocation(String name, Object... arguments) {
		Method method = Arrays.stream(AbstractLanePool.class.getDeclaredMethods())
			.filter((each) -> each.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return Invocation.ofStatic(method, arguments);
	}

	static byte[] echoed(OffloadExecutor executor, byte[] bytes) {
		try {
			return (byte[]) Objects.requireNonNull(executor.call(echoOf(bytes), TaskOptions.DEFAULTS));
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
