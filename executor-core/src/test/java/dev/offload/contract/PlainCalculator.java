package dev.offload.contract;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.offload.TaskHandle;

/**
 * What is wrapped.
 */
public class PlainCalculator implements Calculator, Serializable {

	private static final long serialVersionUID = 1L;

	private static final AtomicInteger instances = new AtomicInteger();

	private final int offset;

	public PlainCalculator() {
		this(0);
		instances.incrementAndGet();
	}

	public PlainCalculator(int offset) {
		this.offset = offset;
	}

	@Override
	public int square(int value) {
		return value * value + this.offset;
	}

	@Override
	public CompletableFuture<Integer> squareLater(int value) {
		return CompletableFuture.supplyAsync(() -> square(value),
				CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS));
	}

	@Override
	public TaskHandle<Integer> squareHandled(int value) {
		return TaskHandle.completed(square(value));
	}

	@Override
	public String greet(String name, String... greetings) {
		return String.join(" ", greetings) + ", " + name;
	}

	public static int instances() {
		return instances.get();
	}

	public static int add(int left, int right) {
		return left + right;
	}

	public static int multiply(int left, int right) {
		return left * right;
	}

	public static long sumBelow(int limit) {
		long sum = 0;
		for (int i = 0; i < limit; i++) {
			sum += i;
		}
		return sum;
	}

	public static String joined(String separator, Object... parts) {
		StringBuilder text = new StringBuilder();
		for (Object part : parts) {
			text.append(text.isEmpty() ? "" : separator).append(part);
		}
		return text.toString();
	}

}
