/**
 * What pages print around articles, by meaning, in the languages of the newspapers we read: data only. Phrases are
 * compared folded (`phraseKey`): lower case, without digits, marks and accents. `|` parts phrases; a line matches where
 * the whole of it is one phrase (`exact`) or begins with one (`opening`).
 */

/** Behind one of these nothing belongs to the article any more, if the rest of the page looks like it. */
export const endings = {
  comments:
    'schreibe einen kommentar antworten abbrechen|schreiben sie einen kommentar antworten abbrechen|kommentar verfassen antwort abbrechen|deja una respuesta cancelar la respuesta|deja un comentario cancelar respuesta|deixe um comentario cancelar resposta|deixe uma resposta cancelar resposta|lascia un commento annulla risposta|geef een reactie reactie annuleren|dodaj komentarz anuluj pisanie odpowiedzi|laisser un commentaire annuler la reponse|rss feed zu den kommentaren dieses artikels|kommentare lesen|comentarios desactivados|join the conversation|join the discussion|leave a comment|kommentare zu diesem artikel|ihre meinung|deine meinung|diskutieren sie mit|neuer kommentar|neuen kommentar schreiben|schreiben sie uns|leave a comment cancel reply|leave a reply cancel reply|cancel reply|add your comment|your comment|laisser une reponse|laisser un commentaire annuler la reponse|votre commentaire|publier un commentaire|dejanos tu comentario|deja tu comentario|anade un comentario|agregar comentario|deixe seu comentario|deixe um comentario cancelar resposta|comente|commenti recenti|lascia una risposta|aggiungi un commento|kommentieren sie hier|اضافه تعليق جديد|comments|comment|leave a comment|leave a reply|leave a response|post a comment|write a comment|add a comment|join the conversation|view comments|show comments|' +
    'read the comments|responses|discussion|what do you think|send comments|' +
    'kommentare|kommentar|kommentar schreiben|kommentar verfassen|kommentar hinterlassen|kommentar hinzufugen|kommentar erstellen|hinterlasse einen kommentar|' +
    'schreibe einen kommentar|schreibe eine antwort|schreib einen kommentar|schreiben sie einen kommentar|kommentieren|keine kommentare|leserkommentare|diskussion|diskutieren|' +
    'ihr kommentar|dein kommentar|artikel kommentieren|jetzt kommentieren|antwort verfassen|antworten|kommentare trackbacks|bewertungen|was denkst du|' +
    'commentaires|laisser un commentaire|ajouter un commentaire|reagir|vos reactions|reactions|tous les commentaires|' +
    'comentarios|deja un comentario|dejar un comentario|deja una respuesta|comentar|ver comentarios|escribe un comentario|' +
    'deixe um comentario|deixe uma resposta|comentario|commenti|lascia un commento|scrivi un commento|commenta|' +
    'reacties|geef een reactie|plaats een reactie|reageer|komentarze|dodaj komentarz|skomentuj|комментарии|оставить комментарий|добавить комментарий|' +
    'yorumlar|yorum yap|yorum yaz|bir cevap yazin|التعليقات|تعليقات|اضافه تعلیق جدید|اترک تعلیقا|اکتب تعلیقا|نظرات|ارسال نظر|دیدگاه ها|نظر شما|نظر دهید|' +
    'コメント|コメントを書く|コメントする|评论|发表评论|我要评论|網友評論|댓글|댓글쓰기|의견|kommentit|osallistu keskusteluun|kommentarer',
  related:
    'verwandte themenbereiche|themenrelevante nachrichten|themen im artikel|picked for you|weitere beitrage zu diesem artikel|schon gelesen|das thema konnte dich auch interessieren|das thema konnte sie auch interessieren|te podria interesar|tambien te podria interesar|quizas te interese|voce pode gostar|voce tambem pode gostar|potrebbe interessarti anche|vous aimerez aussi|cela pourrait vous interesser|wellicht ook interessant|polecamy|moze cie zainteresowac|вам может понравиться|ilginizi cekebilir|mohlo by vas zajimat|doporucujeme|mohlo by vas zaujimat|ezek is erdekelhetnek|kapcsolodo cikkek|citeste si|vezi si|cititi si|διαβαστε επισης|διαβαστε ακομα|σχετικα αρθρα|baca juga|berita terkait|tin lien quan|ข่าวที่เกี่ยวข้อง|संबंधित खबरें|यह भी पढ़ें|laes ogsa|热门推荐|相关推荐|您可能感兴趣|こちらもおすすめ|' +
    'la redaction vous conseille|a lire dans la meme rubrique|les plus populaires|les plus lus|plus populaires|empfehlungen aus der redaktion|empfehlungen fur sie|empfohlen fur dich|fur sie empfohlen|empfohlener redaktioneller inhalt|empfohlener externer inhalt|auch lesen|lies auch|lesen sie mehr|siehe auch|vea tambien|ver tambien|mira tambien|mire tambien|lee mas|lea mas|leer mas|lea ademas|le recomendamos|te recomendamos|tambien puede leer|veja mais|confira tambem|leia ainda|guarda anche|ti consigliamo|lees verder|bekijk ook|czytaj rowniez|przeczytaj rowniez|czytaj wiecej|zobacz rowniez|читать также|смотрите также|читайте еще|ayrica bakin|bunlari da okuyun|les mer|las mer|las ocksa|les ogsa|lue lisaa|se ogsa|related reading|related content|related coverage|keep reading|continue reading|more to read|also read|see more|other articles|similar articles|you may like|we recommend|خبرهای مرتبط|اخبار بیشتر|اقرا المزید|المزید|artikel zum thema|artikel und videos zum thema|videos zum thema|links zum thema|mehr zu diesem thema|dossier zum thema|lesen sie auch die folgenden beitrage|lesen sie auch folgende artikel|das konnte auch interessant sein|das konnte sie ebenfalls interessieren|ahnliche nachrichten|verwandte links|neueste nachrichten|weitere beitrage dieser kategorie|you may also enjoy|you might also enjoy|keep reading|other stories|in case you missed it|sponsored links|from our partners|from around the web|articles recents|articles recommandes|pour aller plus loin|a ne pas manquer|les plus recents|notas de interes|articulos recientes|entradas recientes|entradas relacionadas|contenido relacionado|te recomendamos|no te pierdas|publicacoes relacionadas|posts relacionados|artigos relacionados|artigos recentes|conteudo relacionado|voce pode gostar|voce tambem pode gostar|ultimi articoli|articoli recenti|post correlati|potrebbe interessarti anche|ti potrebbero interessare|zum weiterlesen|weiterlesen|siehe auch|weiterfuhrende informationen|weitere informationen|weiterfuhrende links|die aktuelle ausgabe|mira tambien|mira|contexto de la noticia|downloads|vorschau auf den nachsten artikel|related|related articles|related posts|related stories|related news|related topics|related content|related links|related coverage|you may also like|you might also like|' +
    'you may be interested in|more from|more on this|more on this story|more stories|more news|more in|most read|most popular|most viewed|trending|trending now|recommended|' +
    'recommended for you|read more|read next|up next|next up|see also|promoted stories|sponsored content|latest news|latest stories|latest articles|popular posts|recent posts|editors picks|' +
    'don t miss|what to read next|around the web|further reading|more like this|' +
    'ahnliche beitrage|ahnliche artikel|ahnliche themen|ahnliche posts|verwandte artikel|verwandte themen|verwandte beitrage|verwandte inhalte|das konnte sie auch interessieren|' +
    'das konnte dich auch interessieren|das konnte dir auch gefallen|das konnte ihnen auch gefallen|das konnte sie interessieren|auch interessant|weitere artikel|weitere beitrage|weitere meldungen|' +
    'weitere nachrichten|weitere news|weitere themen|mehr zum thema|mehr aus|mehr dazu|mehr von|mehr davon|mehr artikel|mehr news|meistgelesen|meist gelesen|meistgelesene artikel|meistgelesene beitrage|' +
    'am haufigsten gelesen|aus dem ressort|aus diesem ressort|lesetipps|empfohlen|empfehlungen|empfehlungen der redaktion|neueste beitrage|neueste artikel|aktuelle beitrage|aktuelle artikel|letzte beitrage|' +
    'beliebte beitrage|beliebte artikel|top story|top storys|top artikel|aktuelles|aktuelle ausgabe|lesen sie auch|lesen sie dazu auch|passend zum thema|anzeigen|kunden kauften auch|aktuelle meldungen|aus den landern|' +
    'articles lies|articles similaires|sur le meme sujet|sur le meme theme|a lire aussi|a lire egalement|a decouvrir|a voir aussi|les plus lus|lire aussi|voir aussi|dans la meme rubrique|' +
    'noticias relacionadas|articulos relacionados|notas relacionadas|te puede interesar|tambien te puede interesar|te puede gustar|mas noticias|mas informacion|mas leidas|las mas leidas|lo mas leido|las leidas|' +
    'lo mas visto|ultimas noticias|lea tambien|lee tambien|le puede interesar|relacionados|temas relacionados|noticias de interes|' +
    'leia tambem|veja tambem|leia mais|noticias relacionadas|materias relacionadas|mais lidas|mais lidos|saiba mais|recomendadas|ultimas|' +
    'articoli correlati|leggi anche|potrebbe interessarti|potrebbero interessarti|ti potrebbe interessare|i piu letti|altri articoli|notizie correlate|' +
    'gerelateerde artikelen|lees ook|lees meer|meer over|meest gelezen|aanbevolen|' +
    'czytaj tez|czytaj takze|przeczytaj takze|zobacz takze|zobacz tez|powiazane artykuly|polecane|najczesciej czytane|powiazane tematy|' +
    'читайте также|по теме|похожие статьи|похожие новости|материалы по теме|другие новости|самое читаемое|' +
    'ilgili haberler|benzer haberler|bunlar da ilginizi cekebilir|en cok okunanlar|son haberler|onerilen|' +
    'مقالات ذات صله|اقرا ایضا|اخبار ذات صله|مواضیع ذات صله|الاکثر قراءه|قد یعجبک ایضا|' +
    'اخبار مرتبط|مطالب مرتبط|پربازدیدترین|پربیننده ترین|بیشتر بخوانید|پیشنهاد|' +
    '関連記事|関連ニュース|あわせて読みたい|おすすめ記事|人気記事|ランキング|相关新闻|相关阅读|相關新聞|延伸閱讀|推荐阅读|热门|관련기사|관련 기사|많이 본 뉴스|추천 기사|' +
    'lue myos|lue seuraavaksi|luetuimmat|uusimmat|les ogsa|relaterade artiklar',
  author:
    'about the author|about the authors|author|meet the author|uber den autor|uber die autorin|uber die autoren|zum autor|zur autorin|zur person|autoreninfo|autor|autorin|der autor|die autorin|' +
    'a propos de l auteur|sobre el autor|sobre la autora|acerca del autor|sobre o autor|sobre a autora|informazioni sull autore|over de auteur|o autorze|об авторе|yazar hakkinda|عن الکاتب|درباره نویسنده|この記事を書いた人|著者プロフィール|글쓴이',
  navigation:
    'next|previous|prev|next post|previous post|next article|previous article|previous next|post navigation|older posts|newer posts|older post|newer post|older|newer|older entry|newer entry|previous entry|next entry|previous story|next story|back to top|back to overview|back|' +
    'beitragsnavigation|beitrags navigation|artikelnavigation|vorheriger beitrag|nachster beitrag|voriger beitrag|vorheriger artikel|nachster artikel|voriger nachster artikel|vorheriges weiter|' +
    'zuruck zur ubersicht|zuruck|zuruck zur startseite|zur startseite|zur ubersicht|zuruck zur liste|zuruck zur listenansicht|zuruck zur vorherigen seite|nach oben|zuruckblattern|vorblattern|zum seitenanfang|alle beitrage|alle artikel|' +
    'navigation de l article|article precedent|article suivant|retour|haut de page|navegacion de entradas|anterior|siguiente|volver|articulo anterior|siguiente articulo|volver arriba|' +
    'navegacao de post|proximo|voltar|articolo precedente|articolo successivo|torna su|indietro|vorige|volgende|terug|poprzedni|nastepny|powrot|назад|далее|предыдущая|следующая|onceki|sonraki|geri|' +
    'السابق|التالی|بازگشت|قبلی|بعدی|前の記事|次の記事|一覧へ戻る|トップへ|上一篇|下一篇|返回|이전 글|다음 글|목록',
  tags: 'tags|tag|keywords|topics|schlagworte|schlagworter|stichworte|themen|labels|mots cles|etiquetas|palabras clave|palavras chave|tags relacionadas|tagi|теги|метки|etiketler|الوسوم|کلمات مفتاحیه|برچسب ها|برچسب|キーワード|タグ|标签|태그|posted in|getaggt mit|kategorien|kategorie|categories|erschienen in|abgelegt unter|weiterfuhrende links',
  share:
    'copy link|link copied to clipboard|close share|copiar enlace|copiar link|lien copie|copier le lien|link kopieren|link kopiert|enviar por email|envoyer par email|ссылка скопирована|share this page|spread the word|diese seite teilen|seite teilen|jetzt teilen|beitrag weiterempfehlen|artikel empfehlen|artikel weiterempfehlen|folge mir|folgt uns|partager sur|partager l article|partagez cet article|compartir en|compartir esta noticia|compartir articulo|comparte esta noticia|comparte este articulo|compartilhe esta noticia|compartilhe isso|compartilhar isso|compartilhe este artigo|compartir esto|condividi questo articolo|condividi l articolo|condividi|share this|share this article|share this story|share this post|share article|share|share on|sharen mit|share with|teilen|teilen sie dies mit|teile dies mit|teilen mit|weitersagen|weitererzahlen|artikel teilen|beitrag teilen|diesen artikel teilen|mit freunden teilen|diesen beitrag teilen|' +
    'like this|gefallt mir|empfehlen|weiterempfehlen|teilen tweet|partager|partagez|partager cet article|compartir|comparte|compartilhe|compartilhar|condividi|condividi su|delen|deel dit artikel|udostepnij|podziel sie|поделиться|paylas|شارک|مشارکه|اشتراک گذاری|به اشتراک بگذارید|シェア|シェアする|分享|分享到|공유|공유하기|' +
    'llevatelo|aktie|x geteilt|follow us|folgen sie uns|folge uns|suivez nous|siguenos|siga nos|seguici|volg ons|subscribe|abonnieren|newsletter|newsletter abonnieren|sign up|suscribete',
  legal:
    'all rights reserved|alle rechte vorbehalten|tous droits reserves|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|wszelkie prawa zastrzezone|все права защищены|tum haklari saklidir|جمیع الحقوق محفوظه|کلیه حقوق محفوظ است|無断転載禁止|版权所有|무단 전재 및 재배포 금지|' +
    'impressum|datenschutz|datenschutzerklarung|nutzungsbedingungen|agb|privacy policy|terms of use|terms and conditions|cookie policy|mentions legales|politique de confidentialite|aviso legal|politica de privacidad|politica de privacidade|privacyverklaring|polityka prywatnosci|footer',
} as const

/** Parts of words by which pages ask to subscribe, or tell of rights; patterns. */
export const readerCalls = [
  'subscri(?:be|ption)|\\bsign up\\b|\\bby e-?mail\\b|\\byour (?:e-?mail|inbox)|\\bRSS\\b|\\bcookies?\\b|\\blicen[cs]ed? under|creative commons|copyright|rights reserved',
  'abonnier|anmelden|per e-?mail|ihre e-?mail|datenschutz|unter einer .{0,40}lizenz|rechte vorbehalten|abonneer|schrijf je in|meld je aan|prenumerera|abonnér|abonner|tilaa ',
  'abonnez|inscrivez|votre (?:e-?mail|adresse)|droits réservés|suscr[ií]b|su correo|tu correo|derechos reservados|assine |inscreva|seu e-?mail|direitos reservados|iscriv|tua (?:e-?mail|casella)|diritti riservati',
  'subskry|zapisz się|twój e-?mail|abonea|odeb[íi]r|feliratkoz|abone ol|e-posta|berlangganan|surel|đăng ký|подпи[сш]|рассылк|підпи[сш]|εγγραφ|اشترك|اشتراک|مشترک|הירשמ|הרשמ|सदस्यता|สมัคร',
  '订阅|訂閱|电子邮件|电子邮箱|電子郵件|版权|版權|转载|購読|メールマガジン|メールで|登録は|無断転載|구독|이메일|무단 전재',
] as const

/** Lines of the page itself that may stand anywhere; no article has them as a line of its own. */
export const interstitials =
  'table of contents|bloggern gefallt das|d bloggern gefallt das|bloggers like this|d bloggers like this|die kommentarfunktion ist geschlossen|kommentare sind geschlossen|keine kommentare kommentare sind geschlossen|noch keine bewertungen|be the first to comment|write the first response|no responses yet|share via shortlink|les commentaires sont fermes|los comentarios estan cerrados|comentarios fechados|i commenti sono chiusi|reacties zijn gesloten|комментарии закрыты|externer inhalt|sponsor message|message from our sponsor|story continues below advertisement|article continues below advertisement|loading|sign up for free|try for free|subscribe now|login|learn more|get started|empfohlener redaktioneller inhalt|mehr erfahren|view this post on instagram|caption|show more sharing options|share all sharing options|close extra sharing options|comments are closed|see all|show more|read full story|to read the full story|account settings log out|continue reading the main story|these are external links and will open in a new window|chat with us in facebook messenger find out what s happening in the world as it unfolds|jump to content|jump to navigation|main navigation|url zum kopieren|url kopieren|wird geladen|artikel bewerten|jetzt registrieren|nos siga no|buch bestellen|drucken etc|drucken mailen|copy link|kommentare werden geladen|zum deal|zum produkt|jetzt bestellen|zur ubersicht|how did you feel about this article|como voce se sentiu com essa materia|war der artikel nutzlich|was this article helpful|der artikel gefallt dir|mochten sie den artikel teilen|advertisement|advertising|article continues below|article continues after advertisement|continue reading|continue reading below|sponsored|promoted|ad|close|skip to content|skip to main content|skip navigation|enlarge this image|toggle caption|click to enlarge|' +
  'hide caption|play video|watch video|view gallery|listen to this article|read or share this story|like loading|liken lade|gefallt mir lade|sign in|log in|register|reuse this content|opens in new window|print this page|email this article|' +
  'anzeige|werbung|anzeige entfernen|inhalt entsperren|weiter nach der anzeige|nach der anzeige weiterlesen|vollbild|bild vergrossern|zum vergrossern anklicken|bild anzeigen bild schliessen|zur galerie|zur bildergalerie|menu schliessen|zum inhalt springen|zum inhalt|vorlesen|artikel anhoren|artikel drucken|drucken|druckversion|drucken senden|seite drucken|' +
  'schliessen|erweitern|merken|lesezeichen|lesezeichen erstellen|speichern|artikel anzeigen|bewerten|rezept bewerten|aktivieren|mehr anzeigen|weiterlesen|autor kontaktieren|teilen funktion aufrufen teilen|sieh dir diesen beitrag auf instagram an|redaktion kontaktieren|' +
  'publicite|la suite apres la publicite|suite apres cette publicite|lire la suite|version imprimable|envoyer par mail|ecouter l article|publicidad|continua leyendo|seguir leyendo|escuchar articulo|escuchar nota|escuchar noticia|imprimir|enviar por mail|rectificar|compartir nota|' +
  'publicidade|continua depois da publicidade|continua apos a publicidade|ouca este conteudo|carregando|pubblicita|continua a leggere|ascolta l articolo|stampa|advertentie|lees verder|afdrukken|reklama|czytaj dalej|drukuj|реклама|читать далее|reklam|اعلان|طباعه|آگهی|تبلیغات|چاپ|広告|続きを読む|印刷|广告|广告之后继续|광고|인쇄|mainos|annonse|annons'

/** How pages ask what readers think of them: regular expressions for whole keys. */
export const feedbackQuestions = [
  '(?:was|is) this (?:article|page|post|story|guide|answer|review|content|information)(?: \\S+)? (?:helpful|useful)(?: \\S+){0,3}',
  'did (?:you find )?this (?:article|page|post|story|guide|answer)(?: \\S+){0,2} (?:helpful|useful|help|help you)',
  'how (?:helpful|useful) was this (?:article|page|post|story|guide)',
  '(?:war|waren|ist) (?:der|die|das|dieser|diese|dieses) (?:artikel|beitrag|seite|text|inhalt|antwort|information(?:en)?)(?: fur \\S+)? (?:hilfreich|nutzlich)(?: fur \\S+)?',
  'wie (?:hat|gefallt) (?:ihnen|dir|euch) (?:der|die|das|dieser|diese|dieses) (?:artikel|beitrag|seite|text|rezept)(?: gefallen)?',
  'wie (?:hilfreich|nutzlich) (?:war|ist) (?:der|die|das|dieser|diese|dieses) (?:artikel|beitrag|seite|text)',
  'ce(?:t|tte)? (?:article|page|contenu|reponse|information) vous a t (?:il|elle) (?:ete )?(?:utile|plu|aide)',
  '(?:te|le|os) (?:ha )?(?:resulto|resultado|fue|sido|parecio) util (?:este|esta|el|la) (?:articulo|pagina|contenido|informacion|noticia)',
  '(?:fue|ha sido) util (?:este|esta) (?:articulo|pagina|contenido|informacion)',
  '(?:este|esta|esse|essa) (?:artigo|pagina|conteudo|materia|informacao) (?:foi|e) util(?: para voce)?',
  '(?:questo|questa|quest) (?:articolo|pagina|contenuto) (?:ti|vi|le) e stat[oa] (?:utile|d aiuto)',
  'was (?:dit|deze) (?:artikel|pagina|informatie) nuttig(?: voor \\S+)?',
  'czy (?:ten|ta|te) (?:artykul|strona|informacja|informacje) by\\S+ (?:pomocn|przydatn)\\S+',
  '(?:была|был|было) ли? ?(?:эта|этот|эта|статья|страница|материал)?(?: \\S+){0,2} полез\\S+(?: \\S+){0,2}',
  'bu (?:makale|sayfa|yazi|icerik|haber)(?: \\S+){0,2} (?:faydali|yararli) (?:oldu|miydi)(?: mu)?',
]

/** Words of share bars: a line made of nothing else is one. Names of services first. */
export const shareWords =
  'facebook twitter tweet tweeten twittern twittear whatsapp linkedin xing pinterest pin pinnen pinnit reddit tumblr flipboard telegram viber email e mail messenger pocket flattr instagram digg threema signal skype line vk weibo wechat kakaotalk hatena bluesky mastodon threads youtube googleplus google plus snapchat stumbleupon delicious buffer evernote rss feed sms fb x viadeo issuu mix getpocket odnoklassniki copy link url ' +
  'teilen teile teilt share shares sharen shared geteilt print drucken druck print imprimir imprimer partager compartir compartilhar condividi delen udostepnij paylas send senden mailen mail message text save merken like likes gefallt liken tweets retweet ' +
  'auf uber on via by with this it to per dies dem an als mit bei en sur su no na por facbook pintrest click klick klicke klicken um zum zu diesen link einem freund per hier in neuem fenster geoffnet wird opens window new opens diesem ausdrucken hide wird com button kopieren link'
export const shareServices =
  'facebook twitter tweet tweeten twittern twittear whatsapp linkedin xing pinterest reddit tumblr flipboard telegram viber pocket flattr messenger email mail teilen share sharen drucken print fb'

/** Words before a person's name. */
export const byPhrases =
  'by|written by|words by|analysis by|opinion by|commentary by|column by|interview by|posted by|published by|reported by|story by|article by|text by|review by|compiled by|edited by|author|authors|' +
  'von|text|autor|autorin|autoren|geschrieben von|veroffentlicht von|erstellt von|verfasst von|gepostet von|ein artikel von|ein beitrag von|beitrag von|blog beitrag von|blogbeitrag von|reportage von|eine kolumne von|kolumne von|ein gastbeitrag von|gastbeitrag von|eine analyse von|ein kommentar von|kommentar von|ein interview von|interview von|eine rezension von|ein essay von|artikel von|bericht von|gespeichert von|themenstarter|eingestellt von|text fotos|text und fotos|text foto|text bilder|durch|' +
  'par|ecrit par|publie par|propos recueillis par|texte|auteur|auteurs|auteur s|un article de|por|escrito por|publicado por|redactado por|texto|autora|periodista digital|periodista|' +
  'di|scritto da|pubblicato da|a cura di|autore|door|geschreven door|tekst|przez|autor tekstu|opracowanie|opracowal|автор|авторы|текст|yazan|yazar|بقلم|کتب|کتبت|نویسنده|به قلم|خبرنگار|文|作者|投稿者|记者|記者|著者|執筆|取材|글|기자|kirjoittaja|av|af|skrevet av|skriven av|escribe|recueilli par|oleh|penulis|โดย|מאת|γραφει ο|γραφει η|撰文|采写|撰稿|本报记者|本報記者|新华社记者|' +
  'guest author|guest post by|guide by|contributed by|this post was written by|this article was written by|das interview fuhrte|das interview fuhrten|das gesprach fuhrte|das gesprach fuhrten|die fragen stellte|die fragen stellten|interview gefuhrt von|das interview wurde gefuhrt von|aufgezeichnet von|aufgeschrieben von|protokolliert von|as told to|interviewed by|interview conducted by|entretien realise par|entretien mene par|entrevista de|entrevista realizada por|intervista di|testo di|testi di|texte de|texto de|textos de|tekst van|rozmawial|rozmawiala|' +
  'כתב|כתבה|نوشته|الکاتب|द्वारा|เขียนโดย|ผู้เขียน|เรื่องโดย|ข่าวโดย|tac gia|기자명'

/** Words before a person's name where a colon stands between; without it they are a section, a role or a heading. */
export const byLabelPhrases =
  'interview|words|story|contributor|contributors|contributing author|texto y fotos|textos y fotos|texto e fotos|testo e foto|texte et photos|texte et photo|text and photos|text and pictures|words and pictures|bai|bai va anh|bai viet|thuc hien|yazan|yazar|haber|เรื่อง|เรื่องและภาพ|reporting|reporter|columnist|author of the article|author s|authors|recherche|protokoll|reportage|redaktion|kolumnist|kolumnistin|kolumnist in|autor in|autor innen|autoren|reporterin|texte|entretien|propos recueillis par|auteur ice|auteur trice|entrevista|textos|reportaje|autores|autores as|redaccion|reportagem|intervista|testi|servizio|interviu|wywiad|rozmawial|rozmawiala|rozhovor|napsal|napsala|irta|szerzo|interviul|reportaz|roportaj|интервью|беседовал|беседовала|συντακτης|επιμελεια|teksti|oleh|penulis|tac gia|लेखक|रिपोर्ट|โดย|מאת|اعداد|گزارش|تقریر|تحقیق|حوار|کاتب|撰文|采写|撰稿|編譯|圖文|图文|記者|记者|글|취재'

/** Words that say when something was published, and nothing else: fillers of a line with a date or a name. */
export const publishPhrases =
  'published|posted|publication date|date published|first published|originally published|originally created|original|created|date|written|released|issued|submitted|online since|filed|posted at|posted on|published on|published at|published in|' +
  'veroffentlicht|veroffentlicht am|publiziert|publiziert am|erschienen|erschienen am|erstellt|erstellt am|datum|stand|online seit|eingestellt|gepostet|geschrieben|geschrieben am|verfasst am|erstveroffentlichung|erscheinungsdatum|publikationsdatum|veroffentlichungsdatum|meldung vom|pressemitteilung vom|news vom|artikel vom|beginndatum|gespeichert|eintrag vom|datum der veroffentlichung|' +
  'publie|publie le|publiee|mis en ligne|mis en ligne le|date de publication|le|publicado|publicado el|publicada|fecha|fecha de publicacion|creado|publicado em|publicada em|data|data de publicacao|publicado as|' +
  'pubblicato|pubblicato il|pubblicata|data di pubblicazione|gepubliceerd|gepubliceerd op|geplaatst|geplaatst op|opublikowano|opublikowany|data publikacji|dodano|utworzono|опубликовано|дата публикации|дата|yayinlanma|yayinlanma tarihi|yayin tarihi|giris tarihi|giris|eklenme|tarih|' +
  'نشر فی|تاریخ النشر|نشر|منذ|تاریخ انتشار|انتشار|تاریخ|منتشر شده|زمان انتشار|公開日|公開|掲載|配信|投稿日|発行|发布时间|发布|发表于|时间|發布時間|入力|입력|등록|기사입력|승인|작성|작성일|등록일|게시일|발행일|입력일|수정일|公開日時|投稿日時|掲載日|更新日時|发表时间|发布日期|發表於|發布於|发布于|julkaistu|publisert|publicerad|udgivet|am|um|on|at|in|del|vom'

/** Words that say when something was changed. */
export const updatePhrases =
  'updated|last updated|last modified|modified|update|last update|edited|last edited|revised|' +
  'aktualisiert|aktualisiert am|zuletzt aktualisiert|zuletzt aktualisiert am|letztes update|letzte aktualisierung|letzte anderung|geandert|zuletzt geandert|bearbeitet|zuletzt bearbeitet|uberarbeitet|unverandert gultig seit|' +
  'mis a jour|mis a jour le|mise a jour|modifie|modifie le|article mis a jour le|derniere mise a jour|actualizado|actualizado el|actualizada|ultima actualizacion|modificado|atualizado|atualizado em|atualizada em|ultima atualizacao|' +
  'aggiornato|aggiornato il|aggiornamento|ultimo aggiornamento|ultima modifica|bijgewerkt|laatst bijgewerkt|gewijzigd|laatste update|aktualizacja|zaktualizowano|ostatnia aktualizacja|обновлено|изменено|последнее обновление|guncelleme|guncellenme|son guncelleme|guncellendi|' +
  'تحدیث|اخر تحدیث|تم التحدیث|به روزرسانی|بروزرسانی|به روز شده|更新|更新日|最終更新|最后更新|更新时间|更新時間|수정|최종수정|paivitetty|oppdatert|sist oppdatert|uppdaterad|senast uppdaterad|opdateret'

/** Words beside a date that is not the article's own. */
export const otherDatePhrases =
  'last published|available until|valid until|expires|event|events|deadline|born|died|starts|begins|retrieved|accessed|joined|registered|member since|comment|doi|isbn|as of|release|release date|version|prices|price|last trade|copyright|ticket|tickets|boarding|boarding pass|flight|departure|arrival|check in|check out|kick off|kickoff|doors|doors open|showtime|admission|recorded|recorded on|filmed on|photographed on|' +
  'einlass|abfahrt|ankunft|anpfiff|aufgenommen am|billet|billets|entradas|biglietti|' +
  'verfugbar bis|video verfugbar bis|gultig bis|gultig ab|anmeldeschluss|einsendeschluss|termin|termine|abgerufen|abgerufen am|registriert|registriert seit|mitglied seit|dabei seit|geboren|gestorben|kostenlos bis|beginn|preise|preis vom|aufgerufen am|kinostart|erscheint am|ab|bis|' +
  'disponible jusqu au|valable jusqu au|consulte le|inscrit le|disponible hasta|valido hasta|consultado el|disponivel ate|disponibile fino al|beschikbaar tot|dostepne do|действительно до'

/** Words of captions and picture credits that open or close a line. */
export const creditPhrases =
  'above|pictured|photo|photos|photo by|photograph|photography by|image|image credit|credit|credits|picture|pictures|illustration|file photo|courtesy|courtesy of|getty images|getty|shutterstock|unsplash|pixabay|istock|alamy|afp|via getty images|reuters|' +
  'foto|fotos|bild|bilder|bildquelle|bildnachweis|fotocredit|titelbild|abb|abbildung|grafik|symbolbild|symbolfoto|archivbild|archivfoto|fotografie|quelle|' +
  'credit photo|credits photo|legende|fotografia|fotografía|imagen|imagem|divulgacao|reproducao|immagine|beeld|zdjecie|fot|фото|fotograf|gorsel|صوره|تصویر|عکس|写真|図|图|图片|圖|사진'

/** What follows or surrounds names in bylines and is not part of them. */
export const rolePhrases =
  'editor|correspondent|reporter|journalist|writer|columnist|contributor|producer|staff|fellow|professor|director|author|photographer|analyst|critic|blogger|attorney|intern|chief|bureau|desk|' +
  'redakteur|redakteurin|redaktor|redaktorin|korrespondent|korrespondentin|reporterin|journalistin|autorin|chefredakteur|chefredakteurin|volontar|volontarin|kolumnist|kolumnistin|pressesprecher|pressesprecherin|mitarbeiter|mitglied|grunder|grunderin|' +
  'redacteur|redactrice|journaliste|correspondant|correspondante|redactor|redactora|periodista|corresponsal|editora|jornalista|giornalista|redattore|inviato|corrispondente|verslaggever|dziennikarz|корреспондент|журналист|редактор|muhabir|yazar'

/** News agencies: they sign articles and are not persons. */
export const agencies =
  'ap dpa afp reuters sid efe apa kna epd ansa adnkronos lusa anp belga tt ntb ritzau pap tass ria interfax aa dha iha irna isna mehr tasnim fars xinhua kyodo jiji yonhap pti ians ani upi bloomberg ats sda keystone kathpress europapress ddp dapd pa cna mti ctk bta agerpres agi lapresse telam notimex wam spa mena map aps tap'

/** Words that open a line with the article's number in its source. */
export const idPhrases =
  'news id|article id|story id|id|news code|news number|doc id|document id|ref|reference|nachrichten id|artikel id|artikelnummer|meldungs id|id de la noticia|id articolo|numer artykulu|haber no|haber kodu|رقم الخبر|کد خبر|شناسه خبر|کد مطلب|شماره خبر|記事番号|新闻编号|기사번호'

/** Words that open a line with the article's source. */
export const sourcePhrases =
  'source|sources|quelle|quellen|fuente|fuentes|fonte|fonti|bron|zrodlo|источник|kaynak|المصدر|منبع|出典|来源|來源|출처|kalla|kilde'

/** Words that open a line with the article's section. */
export const sectionPhrases =
  'category|categories|filed under|posted in|section|kategorie|kategorien|rubrik|ressort|abgelegt unter|eingeordnet unter|rubrique|categorie|categoria|categorias|seccion|secao|sezione|rubriek|kategoria|рубрика|раздел|kategori|القسم|التصنیف|گروه|دسته|カテゴリ|カテゴリー|分类|分類|카테고리'

/** Words that open a line with the article's tags. */
export const tagPhrases =
  'tags|tag|tagged|tagged with|keywords|keyword|topics|labels|schlagworte|schlagworter|schlagwort|stichworte|themen|getaggt mit|getaggt als|getaggt|verschlagwortet mit|mots cles|etiquetas|palabras clave|palavras chave|temas|topicos|trefwoorden|tagi|slowa kluczowe|теги|метки|ключевые слова|etiketler|الوسوم|الکلمات المفتاحیه|برچسب ها|برچسب|کلیدواژه ها|キーワード|タグ|标签|關鍵字|关键词|태그|키워드'

/** Calls to share the article, by a whole key: "Diese Geschichte teilen", "Share this recipe with friends". */
export const shareCalls = [
  '(?:diese[nrs]?|den|das|die) (?:artikel|beitrag|geschichte|text|seite|post|story|rezept|meldung)(?: mit \\S+)?(?: jetzt)? (?:teilen|weiterempfehlen|empfehlen)(?: \\S+)?',
  'teil(?:e|en sie|t) (?:diese[nrs]?|den|das|die|unseren) (?:artikel|beitrag|geschichte|text|seite|post|story|rezept|meldung)(?: \\S+){0,4}',
  'share (?:this|the) (?:article|story|post|page|recipe|entry|news)(?: \\S+){0,4}',
  'partage[rz] (?:cet|cette|l|ce) (?:article|page|post|billet|recette)(?: \\S+){0,3}',
  'compart\\S+ (?:est[ae]|el|la|ess[ae]) (?:articulo|nota|noticia|entrada|historia|artigo|materia|post|publicacion)(?: \\S+){0,3}',
  'condividi (?:questo|quest|l|la) (?:articolo|post|notizia|ricetta)(?: \\S+){0,3}',
  'deel (?:dit|deze) (?:artikel|bericht|pagina|recept)(?: \\S+){0,3}',
]

/** Text that may be as long as a paragraph and is the page's own: it opens so. */
export const pageSentences =
  'sofern nicht anders angegeben|sofern nicht anders ausgewiesen|soweit nicht anders|video verfugbar bis|verfugbar bis|our standards|standards the thomson|liked by|likeliked by|help me spread|help us spread|products are chosen independently|all products are independently|we recommend the best products|new customers get|this article was updated|if you want to comment|unete a|unete desde|siguenos|mas informacion en|mira lo que tiene|si vous souhaitez critiquer|recevez gratuitement|recevez chaque|bitte loggen sie sich|bitte logge dich|bitte melde dich an|werden sie mitglied|werde mitglied|ihr beitrag hilft|dein beitrag hilft|unterstutzen sie unsere|unterstutze unsere|unterstutzen sie uns|unterstutze uns|hat ihnen der artikel gefallen|hat dir der artikel gefallen|hat ihnen dieser|wenn ihnen dieser artikel|wenn dir dieser beitrag|gefallt ihnen dieser|gefallt dir dieser|abonnieren sie|abonniere unseren|abonniere jetzt|folgen sie uns|folge uns|lesen sie auch die folgenden|lesen sie auch folgende|alle angaben ohne gewahr|alle angaben sind ohne gewahr|angaben ohne gewahr|jetzt kostenlos|jetzt abonnieren|kostenlos registrieren|sie haben noch kein|bereits abonnent|enthalt affiliate links|anzeige enthalt affiliate|dieser beitrag enthalt werbung|dieser artikel enthalt affiliate|dieser beitrag enthalt affiliate|mit ihrer anmeldung|ich akzeptiere die|ich habe die datenschutz|ich bin damit einverstanden|durch die nutzung dieser website|durch die weitere nutzung|externer inhalt|externe inhalte|wir binden an dieser stelle|um diesen inhalt|um dieses video|bleiben sie auf dem laufenden|verpassen sie keine|verpasse keine|kein thema mehr verpassen|pflichtfelder sind|felder mit sind pflichtfelder|' +
  'subscribe now|become a member|already a subscriber|for the latest stories|for the latest news|if you enjoyed reading this|if you enjoyed this|if you liked this|consider supporting our|please consider supporting|support our work|support our journalism|make a donation|we may receive compensation|we may receive a commission|we may get a commission|we independently|enter your email address|enter your email below|enter your email to|submit your letter|send a letter to the editor|got a tip|have a tip|send us a tip|download our app|never miss a|stay up to date with|like us on|find us on|follow me on|join our|sign in to|log in to|you need to be logged in|you must be signed in|please sign in|please read our|this article contains affiliate|this story was automatically|related read|' +
  'en poursuivant votre navigation|recevez notre newsletter|recevez nos|soutenez nous|faites un don|cet article vous a plu|vous avez aime cet article|les champs obligatoires|enregistrer mon nom|connectez vous pour|vous devez etre connecte|ce contenu est reserve|cet article est reserve|il vous reste|partagez cet article|deja abonne|restez informe|' +
  'hazte miembro|hazte socio|los campos obligatorios|guarda mi nombre|guardar mi nombre|inicia sesion para|debes iniciar sesion|lo siento debes estar|tu correo electronico no|recibe las noticias|recibe nuestro|recibe nuestra|descarga la app|descarga nuestra|unete a nuestro|si te gusto|sigue nuestras|suscribete para|registrate para|este contenido es exclusivo|esta web utiliza|esta pagina web utiliza|' +
  'campos obrigatorios|os campos obrigatorios|receba as noticias|receba nossa|receba nossas|receba as ultimas|siga nosso canal|entre no nosso|entre em nosso|faca login para|faca seu login|baixe o app|este conteudo e exclusivo|assine a nossa|assine nossa|ja e assinante|' +
  'i campi obbligatori|salva il mio nome|seguici su|ricevi la newsletter|iscriviti alla|continuando a navigare|se ti e piaciuto|sostieni il nostro|devi essere connesso|questo sito usa|' +
  'diese website verwendet|diese webseite verwendet|diese seite verwendet|diese website benutzt|wir verwenden cookies|wir benutzen cookies|wir nutzen cookies|cookies helfen uns|um unsere webseite|um unsere website|unsere website verwendet|du verwendest einen veralteten browser|du solltest ein upgrade|ihr browser|dein browser|bitte aktivieren sie javascript|bitte geben sie|geben sie die zeichen|die mit einem|erforderliche felder|deine e mail adresse wird nicht|ihre e mail adresse wird nicht|deine email adresse wird|meinen namen e mail und website|benachrichtige mich|benachrichtigung bei|mit absenden des kommentars|du musst angemeldet sein|du musst eingeloggt sein|sie mussen angemeldet|sie mussen sich anmelden|sie mussen sich einloggen|bitte melden sie sich an|dieser beitrag wurde unter|dieser beitrag wurde am|dieser eintrag wurde veroffentlicht|dieser artikel kann links|fur links auf dieser seite|trotz sorgfaltiger|wir behandeln ihre daten|beachten sie dass die redaktion|es gibt kein recht auf|verfolgen sie die neuesten|alle rechte|nichts neues verpassen|speichere bitte|zeige alle beitrage von|alle beitrage von|melden sie sich|jetzt newsletter|haben sie fragen oder anregungen|' +
  'this website uses|this site uses|we use cookies|by using this|by continuing|your email address will not|required fields are marked|save my name email|notify me of|notify me when|you must be logged in|please log in|please keep comments|please enable javascript|this entry was posted|this entry was tagged|view all posts by|all posts by|bookmark the permalink|follow us on|sign up for|sign up to|subscribe to|get the newsletter|get our|join our newsletter|download the|copyright|all rights reserved|all quotes delayed|this material may not be|read our full|this post may contain|as an amazon associate|we may earn|if you buy|this site is protected by|click to share on|klick um uber|klicken um|klicke um|klicke zum|hier klicken um|share on|auf facebook teilen|auf twitter teilen|auf linkedin teilen|auf pinterest pinnen|als e mail senden|post views|' +
  'ce site utilise|nous utilisons des cookies|votre adresse e mail ne sera pas|votre adresse de messagerie|abonnez vous|inscrivez vous|suivez nous|tous droits|este sitio|este sitio web utiliza|utilizamos cookies|tu direccion de correo|su direccion de correo|siguenos en|suscribete a|para comentar|acepto terminos|todos los derechos|este site usa|o seu endereco de e mail|inscreva se|siga nos|questo sito utilizza|il tuo indirizzo email|iscriviti|deze website gebruikt|je e mailadres wordt niet|ta strona korzysta|twoj adres e mail|этот сайт использует|ваш e mail не будет|подписывайтесь|bu site|e posta hesabiniz|abone ol|یستخدم هذا الموقع|لن یتم نشر عنوان|نشانی ایمیل شما|このサイトは|当サイト|本网站'

/** Words of menus. A line of one to four words is one where every word is here. */
export const menuWords =
  'home startseite start menu menue navigation kontakt contact impressum datenschutz datenschutzerklarung agb sitemap suche search login logout anmelden registrieren register abo abonnieren newsletter forum forums members mitglieder shop warenkorb mein konto account profil newsroom karriere jobs hilfe help faq uber uns about us werbung mediadaten rss app apps inicio accueil portada contacto quienes somos nosotros contato sobre chi siamo contatti hjem etusivu strona glowna kontakt главная контакты anasayfa iletisim الرییسیه خانه ホーム 首页 홈 sie sind hier hier feedback einstellungen sprache language'

/** Names of sections. A line made of nothing else is one. */
export const sections =
  'news|nachrichten|aktuell|aktuelles|allgemein|allgemeines|politik|politics|wirtschaft|business|economy|sport|sports|kultur|culture|panorama|wissen|wissenschaft|science|technik|technology|tech|digital|meinung|opinion|gesellschaft|society|lifestyle|leben|life|mode|fashion|reise|reisen|travel|auto|film|musik|music|buch|books|presse|pressemitteilung|pressemitteilungen|meldung|meldungen|blog|artikel|article|articles|beitrag|magazin|magazine|chronik|ausland|inland|welt|world|local|national|international|europe|europa|health|gesundheit|environment|umwelt|entertainment|unterhaltung|feuilleton|regional|startseite|home|service|themen|thema|ratgeber|kolumne|essay|interview|portrat|leseempfehlung|promis|tv|domestic|education|exklusiv|exclusive|breaking|uncategorized|' +
  'politique|economie|societe|monde|sciences|sante|actualite|actualites|politica|economia|sociedad|mundo|deportes|cultura|espectaculos|interior|pais|nacional|internacional|seguridad|noticias|esportes|brasil|cotidiano|cronaca|esteri|societa|scienza|salute|spettacoli|politiek|cultuur|binnenland|buitenland|polityka|gospodarka|swiat|kraj|kultura|политика|экономика|общество|культура|спорт|мир|новости|siyaset|ekonomi|dunya|gundem|spor|سیاست|سیاسی|اقتصاد|اقتصادی|جامعه|اجتماعی|فرهنگ|فرهنگی|ورزش|ورزشی|جهان|بین الملل|ریاضه|ثقافه|سیاسه|社会|政治|経済|国際|スポーツ|文化|经济|体育|国际|정치|경제|사회|문화|스포츠|국제'

/** How links back to a list open, where they are a line of a few words. */
export const backLinks =
  'zuruck zu|zuruck zum|zuruck zur|back to|return to|retour a|retour au|volver a|volver al|voltar para|torna a|torna alla|terug naar|powrot do|вернуться к|zu den kommentaren|zum kommentar|zum artikel|weiterlesen|mehr lesen|read full|ver mas de|ver todos'

/** How content systems tell, in a sentence under the text, when it was posted. */
export const postedSentences =
  'dieser beitrag wurde am|dieser eintrag wurde am|dieser artikel wurde am|dieser beitrag wurde veroffentlicht|dieser eintrag wurde veroffentlicht|this entry was posted|this post was published on|this article was published on|this article was first published|cet article a ete publie|ce contenu a ete publie|esta entrada fue publicada|este articulo fue publicado|esta entrada foi publicada|este artigo foi publicado|questo articolo e stato pubblicato|dit bericht is geplaatst|ten wpis zostal opublikowany'

/** Words that, with one of `linkNouns` behind them, head a list of links: "More recent stories", "Weitere Artikel". */
export const linkAdjectives =
  'more|related|recent|latest|popular|top|trending|other|further|similar|recommended|mehr|weitere|ahnliche|beliebte|neueste|neuste|letzte|andere|verwandte|passende|mas|otras|otros|ultimas|ultimos|autres|plus|derniers|dernieres|altre|altri|ultime|outras|outros|meer|wiecej|inne|другие|еще'
export const linkNouns =
  'articles|article|stories|posts|news|topics|links|videos|headlines|reads|coverage|artikel|beitrage|themen|thema|nachrichten|meldungen|informationen|infos|kolumnen|tipps|storys|rezensionen|aus|von|zu|uber|on|from|noticias|notas|articulos|informacion|temas|actualites|notizie|articoli|materias|tourentipps|geschichten|folgen|empfehlungen|histoires|historias|perspectives|resources|guides|nieuws|artikelen|artykulow|artykuly|новости|статьи'

/** Words that open or close the short lines of readers' comments and of the form for them. */
export const remarks =
  'reply|says|said|wrote|name|email|e mail|website|your name|your email|like|likes|report|report comment|anonymous|' +
  'antworten|sagt|sagte|schreibt|schrieb|meint|melden|gast|anonym|ihr name|ihre e mail|webseite|hilfreich|' +
  'repondre|dit|alerter|nom|responder|dice|dijo|nombre|correo|disse|nome|rispondi|scrive|reageren|zegt|naam|odpowiedz|nick|imie|ответить|имя|yanitla|cevapla|isim|رد|پاسخ|نام|返信|回复|답글'
