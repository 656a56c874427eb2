//! Words of saying, thinking and wanting in general classes. A list of words, so longer than other files may be.

/// The class of a word that may attribute something to somebody, by its dictionary form.
pub(super) fn class(lemma: &str) -> Option<&'static str> {
    CLASSES.iter().find(|(_, words)| words.split(' ').any(|word| word == lemma)).map(|(class, _)| *class)
}

const CLASSES: &[(&str, &str)] = &[
    (
        "say",
        "say tell add note write state announce declare claim argue contend assert maintain insist explain respond reply answer \
         recall remark observe comment mention report tweet testify allege acknowledge concede admit confess confirm stress \
         emphasize emphasise underscore reiterate repeat affirm disclose reveal caution complain boast joke quip lament muse \
         retort interject exclaim shout yell whisper mutter murmur cry post blog email quote relate recount narrate inform \
         notify remind assure reassure brief swear attest aver opine posit proclaim pronounce conclude continue advise counter \
         rebut object protest brag gloat vent rant chant sing read point signal hint imply insinuate intimate telegraph",
    ),
    (
        "think",
        "think believe feel guess suppose assume presume suspect doubt reckon consider hold figure imagine fancy agree \
         disagree expect anticipate predict forecast project estimate speculate foresee fear worry hope wish dread trust \
         regard view deem judge perceive see envision regret wonder conclude surmise conjecture",
    ),
    (
        "know",
        "know learn realize realise recognize recognise understand remember forget discover notice hear find determine \
         decide ascertain recall infer figure",
    ),
    (
        "want",
        "want demand request require urge ask call order command instruct beg plead implore recommend propose suggest \
         advocate insist press push lobby encourage appeal direct seek intend plan aim prefer like desire need petition \
         dare challenge invite exhort",
    ),
    (
        "promise",
        "promise vow pledge threaten swear offer agree refuse decline commit undertake guarantee consent volunteer resolve \
         choose opt warn",
    ),
    (
        "judge",
        "accuse criticize criticise attack blame blast slam denounce condemn praise laud applaud commend hail defend \
         dismiss reject deny dispute question doubt ridicule mock deride decry chide rebuke scold berate lambaste assail \
         castigate slander charge fault thank congratulate welcome endorse support back oppose embrace favor favour \
         resist contradict challenge disavow deplore bemoan tout champion",
    ),
    (
        "name",
        "call describe label dub term characterize characterise portray depict brand cast define liken compare refer name \
         rate rank identify paint",
    ),
    (
        "show",
        "show indicate demonstrate prove suggest reveal find document illustrate establish detail cite highlight",
    ),
    ("ask", "ask inquire enquire question wonder query demand"),
    ("seem", "seem appear"),
    (
        "talk",
        "talk speak discuss debate express voice address complain raise lecture preach speculate joke boast warn",
    ),
    (
        "claim noun",
        "claim statement assertion allegation accusation charge contention argument suggestion report announcement \
         declaration comment remark admission denial warning promise pledge vow threat complaint criticism prediction \
         forecast estimate rumor rumour speculation testimony acknowledgment confirmation disclosure revelation quote \
         tweet message insistence response answer reply question description account explanation indication evidence",
    ),
    (
        "belief noun",
        "belief view opinion idea notion thought hope fear concern worry conviction expectation suspicion feeling sense \
         impression assumption conclusion doubt theory perception understanding knowledge finding confidence regret \
         recognition realization judgment attitude position",
    ),
    (
        "demand noun",
        "demand call request order proposal recommendation plan decision desire wish intention support opposition \
         endorsement attack commitment offer refusal bid effort push appeal advice instruction agreement promise",
    ),
    (
        "state",
        "clear sure certain confident afraid aware convinced hopeful optimistic skeptical concerned worried glad happy \
         proud sorry unaware uncertain unsure adamant critical supportive unclear willing unwilling reluctant eager determined \
         obvious evident angry upset surprised ready",
    ),
];

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn words_have_their_class() {
        assert_eq!(class("say"), Some("say"));
        assert_eq!(class("deny"), Some("judge"));
        assert_eq!(class("belief"), Some("belief noun"));
        assert_eq!(class("row"), None);
    }
}
