package dev.offload.spring.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Matches in workers and not in their service. On a component, a configuration or a bean
 * method: what only the tasks of workers need, such as an initializer.
 *
 * @see ConditionalOnService
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnOffloadWorkerCondition.class)
public @interface ConditionalOnOffloadWorker {

}
