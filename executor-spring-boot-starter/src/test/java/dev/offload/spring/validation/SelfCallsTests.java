package dev.offload.spring.validation;

import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Formatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

import dev.offload.spring.OffloadMethods;
import dev.offload.spring.OffloadTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SelfCalls}: the classes below call themselves, or seem to.
 */
class SelfCallsTests {

	@ParameterizedTest
	@ValueSource(classes = { Plain.class, WithChoices.class, InLambda.class, ByReference.class, OfSuperclass.class,
			FromSuperclass.class, FromInterface.class, Generic.class, InSwitchAndTry.class })
	void ofWhenAMethodIsCalledOnThisNamesBoth(Class<?> type) {
		assertThat(check(type)).singleElement()
			.asString()
			.contains(".caller calls render on its own object", "not in executor 'pdf'", "@Lazy");
	}

	@ParameterizedTest
	@ValueSource(classes = { OnOther.class, OnInjected.class, Overloaded.class, FromOffloaded.class,
			LambdaOfOffloaded.class })
	void ofWhenNothingIsLostSaysNothing(Class<?> type) {
		assertThat(check(type)).isEmpty();
	}

	@Test
	void ofWhenTheCallerIsInAThreadOfAnotherExecutorNamesBoth() {
		assertThat(check(FromThread.class)).singleElement().asString().contains("caller calls render");
	}

	// Reads what a compiler makes of everything, and loses its way nowhere.
	@Test
	void readFollowsTheStackThroughLargeClasses() throws IOException {
		List<SelfCalls.SelfCall> calls = new ArrayList<>();
		for (Class<?> type : List.of(ConcurrentHashMap.class, Formatter.class, BigInteger.class, ForkJoinPool.class,
				LocalDate.class)) {
			int before = calls.size();
			new ClassReader(type.getName()).accept(new SelfCallVisitor(Set.of(type.getName().replace('.', '/')), calls),
					ClassReader.SKIP_DEBUG);
			assertThat(calls.size()).isGreaterThan(before);
		}
		assertThat(calls).extracting(SelfCalls.SelfCall::target)
			.contains("plusDays(J)Ljava/time/LocalDate;",
					"putVal(Ljava/lang/Object;Ljava/lang/Object;Z)Ljava/lang/Object;");
	}

	@Test
	void readWhenAMethodCannotBeReadKeepsTheOthers() {
		ClassWriter written = new ClassWriter(0);
		written.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Broken", null, "java/lang/Object", null);
		List.of("first", "second", "third").forEach((name) -> {
			MethodVisitor method = written.visitMethod(Opcodes.ACC_PUBLIC, name, "()V", null, null);
			method.visitCode();
			if (name.equals("second")) {
				// There is nothing to take away.
				method.visitInsn(Opcodes.POP);
			}
			method.visitVarInsn(Opcodes.ALOAD, 0);
			method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "Broken", "render", "()V", false);
			method.visitInsn(Opcodes.RETURN);
			method.visitMaxs(1, 1);
			method.visitEnd();
		});
		written.visitEnd();
		assertThat(SelfCalls.read(new ClassReader(written.toByteArray()), Set.of("Broken")))
			.extracting(SelfCalls.SelfCall::callerName)
			.containsExactly("first", "third");
	}

	private static Collection<String> check(Class<?> type) {
		ExecutorCatalog executors = new ExecutorCatalog() {

			@Override
			public Set<String> names() {
				return Set.of("pdf", "pool");
			}

			@Override
			public boolean sends(String executor) {
				return executor.equals("pdf");
			}

		};
		return new SelfCalls(executors).of(type, new OffloadMethods((text) -> text).of(type).values());
	}

	public abstract static class Renders {

		@OffloadTo("pdf")
		public String render(String text, long number) {
			return text + number;
		}

	}

	static class Plain extends Renders {

		String caller() {
			return render("a", 1);
		}

	}

	static class WithChoices extends Renders {

		private final double[] numbers = { 1, 2 };

		String caller(boolean first, long add) {
			this.numbers[0] += add;
			this.numbers[1]++;
			return this.render(first ? this.text(add) : String.valueOf(this.numbers[0]),
					(first && add > 2) ? (long) this.numbers[0] << 2 : add--);
		}

		private String text(long number) {
			return "x" + number;
		}

	}

	static class InSwitchAndTry extends Renders {

		// With jumps in it.
		@SuppressWarnings("StatementSwitchToExpressionSwitch")
		String caller(int kind) {
			switch (kind) {
				case 1:
					return "one";
				case 2:
					break;
				default:
					throw new IllegalArgumentException("no");
			}
			synchronized (this.toString()) {
				try {
					return String.valueOf(kind);
				}
				catch (IllegalStateException ex) {
					return render(ex.toString(), 1);
				}
			}
		}

	}

	static class InLambda extends Renders {

		Supplier<String> caller(String text) {
			return () -> render(text, 1);
		}

	}

	interface Rendering {

		String render(String text, long number);

	}

	static class ByReference extends Renders {

		Rendering caller() {
			return this::render;
		}

	}

	public static class OfSuperclass extends Renders {

		@Override
		public String render(String text, long number) {
			return "b";
		}

		String caller() {
			return super.render("a", 1);
		}

	}

	public abstract static class Calling {

		public abstract String render(String text);

		String caller() {
			return render("a");
		}

	}

	public static class FromSuperclass extends Calling {

		@Override
		@OffloadTo("pdf")
		public String render(String text) {
			return text;
		}

	}

	interface CallingInterface {

		String render(String text);

		default String caller() {
			return render("a");
		}

	}

	public static class FromInterface implements CallingInterface {

		@Override
		@OffloadTo("pdf")
		public String render(String text) {
			return text;
		}

	}

	public abstract static class GenericCalling<T> {

		public abstract String render(T value);

		String caller(T value) {
			return render(value);
		}

	}

	public static class Generic extends GenericCalling<String> {

		@Override
		@OffloadTo("pdf")
		public String render(String value) {
			return value;
		}

	}

	static class OnOther extends Renders {

		String caller(OnOther other) {
			return other.render("a", 1);
		}

	}

	static class OnInjected extends Renders {

		private final OnInjected self;

		private final long number = 2;

		OnInjected(OnInjected self) {
			this.self = self;
		}

		String caller() {
			Supplier<String> later = () -> this.self.render("b", this.number);
			Rendering reference = this.self::render;
			return this.self.render((this.number > 1) ? this.toString() : "a", this.number) + later.get()
					+ reference.render("c", 1);
		}

	}

	static class Overloaded extends Renders {

		String render(String text) {
			return text;
		}

		String caller() {
			return render("a");
		}

	}

	public static class FromOffloaded extends Renders {

		@OffloadTo("pdf")
		public String caller() {
			return render("a", 1);
		}

	}

	public static class LambdaOfOffloaded extends Renders {

		@OffloadTo("pdf")
		public String caller() {
			Supplier<String> later = () -> render("a", 1);
			return later.get();
		}

	}

	public static class FromThread extends Renders {

		@OffloadTo("pool")
		public String caller() {
			return render("a", 1);
		}

	}

}
