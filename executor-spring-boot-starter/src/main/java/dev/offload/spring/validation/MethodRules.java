package dev.offload.spring.validation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.springframework.core.ResolvableType;

import dev.offload.TaskHandle;
import dev.offload.spring.CallForm;
import dev.offload.spring.OffloadMethod;
import dev.offload.spring.TypeHierarchy;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * Says why a method can never be offloaded, and what to do.
 */
final class MethodRules {

	private static final Set<String> PUBLISHERS = Set.of("org.reactivestreams.Publisher",
			"java.util.concurrent.Flow$Publisher", "kotlinx.coroutines.flow.Flow", "kotlinx.coroutines.Deferred",
			"io.reactivex.rxjava3.core.Single", "io.reactivex.rxjava3.core.Maybe",
			"io.reactivex.rxjava3.core.Completable");

	private final ExecutorCatalog executors;

	private final TravelRules serializable = new TravelRules(true);

	private final TravelRules any = new TravelRules(false);

	private final boolean requiresSerializable;

	/**
	 * Creates the rules.
	 * @param executors the executors
	 * @param requiresSerializable whether only what is {@link java.io.Serializable} can
	 * be sent where an executor names no codec
	 */
	MethodRules(ExecutorCatalog executors, boolean requiresSerializable) {
		this.executors = executors;
		this.requiresSerializable = requiresSerializable;
	}

	/**
	 * Checks one method.
	 * @param type the class of the bean
	 * @param offload the method
	 * @return what is wrong, without the name of the method; empty if nothing is
	 */
	Findings check(Class<?> type, OffloadMethod offload) {
		Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
		List<String> problems = findings.problems();
		checkExecutor(offload, problems);
		checkModifiers(offload.method(), problems);
		problems.addAll(FallbackRules.check(type, offload));
		checkTime(offload, findings.warnings());
		boolean signature = checkReactive(offload, problems) && checkForm(offload, problems);
		if (signature && this.executors.sends(offload.executor())) {
			checkTravel(type, offload, findings);
		}
		return findings;
	}

	private void checkExecutor(OffloadMethod offload, List<String> problems) {
		String name = offload.executor();
		if (!this.executors.names().contains(name)) {
			problems.add("names executor '" + name + "', which there is not: "
					+ NearNames.nearest(name, this.executors.names())
						.map((near) -> "did you mean '" + near + "'? ")
						.orElse("")
					+ "The executors are " + String.join(", ", this.executors.names()) + ". Declare it by "
					+ "offload.executors." + name + ".type: process, or name another one");
		}
	}

	private void checkTime(OffloadMethod offload, List<String> warnings) {
		if (offload.form().itemByItem() && offload.options().timeout() == null
				&& this.executors.hasNoTimeout(offload.executor())) {
			warnings.add("has items that wait for who takes them, and no timeout: a slow taker holds a worker of "
					+ "executor '" + offload.executor() + "' for ever; say @OffloadTo(timeout = ...), or "
					+ "offload.executors." + offload.executor() + ".timeout");
		}
	}

	private void checkModifiers(Method method, List<String> problems) {
		int modifiers = method.getModifiers();
		if (Modifier.isStatic(modifiers)) {
			problems
				.add("is static, and a bean's proxy cannot intercept it; make it a method of the bean, or submit it "
						+ "to the executor yourself");
		}
		else if (Modifier.isPrivate(modifiers)) {
			problems.add("is private, and a bean's proxy cannot intercept it; make it public");
		}
		else if (Modifier.isFinal(modifiers)) {
			problems.add("is final, and a bean's proxy cannot intercept it; remove final");
		}
		else if (!Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers)) {
			problems.add("is package-private, and a bean's proxy does not always intercept it; make it public");
		}
	}

	// Whether callers can get what the method gives.
	private boolean checkReactive(OffloadMethod offload, List<String> problems) {
		Method method = offload.method();
		if (offload.form().reactive() != null) {
			return true;
		}
		if (ReactiveMethod.parameterCount(method) < method.getParameterCount()) {
			problems.add("is a suspend function, which cannot be continued without kotlinx-coroutines-reactor and "
					+ "kotlin-reflect on the class path; add them, or make it an ordinary function");
			return false;
		}
		if (isPublisher(method.getReturnType())) {
			problems
				.add("returns " + method.getReturnType().getName() + ", which does its work when it is subscribed to, "
						+ "and cannot be made here; return a Mono or a Flux with reactor-core on the class path, or "
						+ "return the value, or a CompletableFuture of it");
			return false;
		}
		return true;
	}

	private static boolean isPublisher(Class<?> type) {
		return TypeHierarchy.of(type).stream().map(Class::getName).anyMatch(PUBLISHERS::contains);
	}

	// Whether a future, handle or stream that the method returns can be made by the
	// executor.
	private boolean checkForm(OffloadMethod offload, List<String> problems) {
		Class<?> type = offload.method().getReturnType();
		if (offload.kind() == CallForm.Kind.FUTURE && !type.isAssignableFrom(CompletableFuture.class)) {
			problems
				.add("returns " + type.getName() + ", and an executor can only give a CompletableFuture; declare that, "
						+ "CompletionStage or Future");
			return false;
		}
		if (offload.kind() == CallForm.Kind.HANDLE && type != TaskHandle.class) {
			problems.add("returns " + type.getName() + ", and an executor can only give a TaskHandle; declare that");
			return false;
		}
		if (offload.kind() == CallForm.Kind.STREAM && type != Stream.class) {
			problems.add("returns " + type.getName() + ", and an executor can only give a java.util.stream.Stream; "
					+ "declare that, of numbers by boxed()");
			return false;
		}
		return true;
	}

	private void checkTravel(Class<?> type, OffloadMethod offload, Findings findings) {
		Method method = offload.method();
		TravelRules travel = rulesOf(offload.executor());
		for (int i = 0; i < ReactiveMethod.parameterCount(method); i++) {
			String name = method.getParameters()[i].getName();
			add(findings, "parameter " + (i + 1) + " (" + name + ")", offload,
					travel.check(ResolvableType.forMethodParameter(method, i, type)));
		}
		ResolvableType value = offload.form().value(method, type);
		boolean optional = value.resolve(Object.class) == Optional.class;
		ResolvableType sent = optional ? value.getGeneric(0) : value;
		add(findings, "result", offload, offload.form().itemByItem() ? travel.checkItem(sent) : travel.check(sent));
	}

	private TravelRules rulesOf(String executor) {
		Boolean named = this.executors.requiresSerializable(executor);
		return ((named != null) ? named : this.requiresSerializable) ? this.serializable : this.any;
	}

	private static void add(Findings findings, String what, OffloadMethod offload, Collection<TravelFinding> found) {
		for (TravelFinding finding : found) {
			String executor = " that executor '" + offload.executor() + "' can ";
			if (finding.refused()) {
				findings.problems().add("has a " + what + executor + "never send: " + finding.text());
			}
			else {
				findings.warnings().add("has a " + what + executor + "hardly send: " + finding.text());
			}
		}
	}

	/**
	 * What is wrong with one method, and what may be.
	 *
	 * @param problems why it can never be offloaded, and what to do
	 * @param warnings why some of its calls will fail, and what to do
	 */
	record Findings(List<String> problems, List<String> warnings) {

	}

}
