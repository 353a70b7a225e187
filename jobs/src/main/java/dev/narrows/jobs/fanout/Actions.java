package dev.narrows.jobs.fanout;

import dev.narrows.jobs.blame.Suspects;
import dev.narrows.jobs.dispatch.Backlog;
import dev.narrows.jobs.dispatch.Decision;
import dev.narrows.jobs.executor.Commit;
import dev.narrows.trial.Outcome;
import dev.narrows.trial.Trial;
import dev.narrows.trial.TrialResult;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;

/** The decisions of a dispatch, carried out: on jobs, the suspects' files, rows, and listeners of ended trials. */
record Actions(Jobs jobs, Commit commit, Suspects suspects, Backlog backlog, BiConsumer<Trial, TrialResult> onEnd)
        implements Decision.Visitor {
    void carryOut(List<Decision> decisions) {
        decisions.forEach(decision -> decision.carryOut(this));
    }

    @Override
    public void submit(Decision.Submit submit) {
        jobs.submit(submit.trial(), submit.alone(), backlog.seconds(submit.trial()));
    }

    @Override
    public void withdraw(Decision.Withdraw withdraw) {
        jobs.withdraw(withdraw.trial());
    }

    @Override
    public void suspect(Decision.Suspect suspect) {
        suspects.died(suspect.trial().id(), suspect.alone(), suspect.cause());
    }

    @Override
    public void tell(Decision.Tell tell) {
        suspects.clear(tell.trial().id());
        onEnd.accept(tell.trial(), tell.result());
    }

    @Override
    public void crash(Decision.Crash crash) {
        Trial trial = crash.trial();
        TrialResult result = TrialResult.bare(
                trial.id(),
                Outcome.CRASHED,
                crash.verdict().message(),
                jobs.environmentOfDeath(trial, crash.verdict().host()),
                System.currentTimeMillis(),
                0);
        try {
            commit.row(trial, result);
        } catch (IOException e) {
            throw new FanOutException("Cannot keep the row of %s: %s".formatted(trial.variant(), e), e);
        }
        tell(new Decision.Tell(trial, result));
    }

    @Override
    public void stop(Decision.Stop stop) {
        throw stop.error();
    }

    @Override
    public void goOnElsewhere(Decision.GoOnElsewhere elsewhere) {
        throw new HungException(elsewhere.hanging());
    }
}
