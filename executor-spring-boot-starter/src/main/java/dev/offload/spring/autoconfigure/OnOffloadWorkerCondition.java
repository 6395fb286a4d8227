package dev.offload.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import dev.offload.spring.worker.OffloadWorker;

/**
 * The condition of {@link ConditionalOnOffloadWorker}.
 */
final class OnOffloadWorkerCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnOffloadWorker.class);
		return OffloadWorker.isActive() ? ConditionOutcome.match(message.because("this JVM is a worker"))
				: ConditionOutcome.noMatch(message.because("this JVM is no worker"));
	}

}
